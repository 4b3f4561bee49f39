import { bar, box, cushion, grainAlong, group, part, ring, slab, rectangle, turned, wire } from '../make/shapes.js'
import { brass, cloth, hide, house, lacquer, leafy, matte, plaster, printed, steel, wood } from '../make/materials.js'
import { painted } from '../make/textures.js'
import { leaf } from './table.js'

/** A bound book lying flat, its spine towards +z. */
function book(width, thickness, depth, colour, band) {
  const cover = cloth(colour, 10, 0.6)
  return [
    part(box(width - 0.008, thickness - 0.006, depth - 0.01, 0.002), matte('#efe5cf', 0.95), { at: [0, thickness / 2, -0.004] }),
    part(box(width, 0.003, depth, 0.0014), cover, { at: [0, thickness - 0.0015, 0] }), part(box(width, 0.003, depth, 0.0014), cover, { at: [0, 0.0015, 0] }),
    part(box(width, thickness, 0.006, 0.0028), cover, { at: [0, thickness / 2, depth / 2 - 0.002] }),
    part(box(width * 0.3, thickness * 0.34, 0.0015, 0.0005), matte(band, 0.6), { at: [-width * 0.2, thickness / 2, depth / 2 + 0.0008] }),
    part(box(width * 0.1, thickness * 0.34, 0.0015, 0.0005), brass(0.4), { at: [width * 0.34, thickness / 2, depth / 2 + 0.0008] }),
  ]
}

export function books() {
  return group([
    group(book(0.3, 0.036, 0.23, '#2f4a3d', '#e7d3a6')), group(book(0.275, 0.028, 0.215, '#cf9a78', '#5d2f1f'), { at: [0.004, 0.036, 0.002], turn: [0, 0.1, 0] }),
    group(book(0.25, 0.034, 0.19, '#e5d7bd', '#a8492c'), { at: [-0.006, 0.064, 0.006], turn: [0, -0.06, 0] }), group(book(0.215, 0.024, 0.16, '#bd5f3c', '#f0e2c4'), { at: [0.006, 0.098, 0.01], turn: [0, 0.22, 0] }),
  ])
}

export function notebook() {
  const pencil = group([
    part(bar([-0.07, 0, 0], [0.06, 0, 0], 0.0036), lacquer(house.forest, 0.45)), part(bar([0.06, 0, 0], [0.076, 0, 0], 0.0036, 0.0008), wood('ash')), part(bar([-0.08, 0, 0], [-0.07, 0, 0], 0.0038), brass()),
  ], { at: [0.012, 0.0255, 0.03], turn: [0, 0.62, 0] })
  const block = [
    part(box(0.148, 0.014, 0.206, 0.002), matte('#f1e7d2', 0.95), { at: [0.001, 0.0105, 0] }), part(box(0.152, 0.003, 0.212, 0.0014), hide('#a4572f'), { at: [0, 0.0195, 0] }), part(box(0.152, 0.003, 0.212, 0.0014), hide('#a4572f'), { at: [0, 0.002, 0] }),
    part(box(0.005, 0.0205, 0.212, 0.0024), hide('#a4572f'), { at: [-0.0745, 0.0108, 0] }), part(box(0.006, 0.0225, 0.2135, 0.0008), matte(house.forest, 0.8), { at: [0.056, 0.0108, 0] }),
    part(box(0.05, 0.001, 0.03, 0.0004), matte('#f0e2c4', 0.7), { at: [-0.015, 0.0213, -0.058] }), part(box(0.005, 0.0008, 0.06, 0.0003), matte(house.clay, 0.7), { at: [-0.02, 0.011, 0.13], turn: [0.12, 0, 0] }),
  ]
  return group([block, pencil])
}

export function deskOrganiser() {
  const ash = wood('ash')
  const stick = (x, z, lean, colour, length = 0.17) => group([
    part(bar([0, 0, 0], [0, length, 0], 0.0036), lacquer(colour, 0.45)), part(bar([0, length, 0], [0, length + 0.015, 0], 0.0036, 0.0008), wood('oak')),
  ], { at: [x, 0.018, z], turn: lean })
  const cup = part(turned([[0, 0.012], [0.035, 0.012, 0.004], [0.036, 0.105, 0.003], [0.0325, 0.105, 0.002], [0.032, 0.02, 0.003], [0, 0.02]]), plaster('#c98f6d'), { at: [-0.1, 0, -0.01] })
  return group([
    part(grainAlong(box(0.32, 0.016, 0.13, 0.006), 'x'), ash, { at: [0, 0.008, 0] }), cup,
    stick(-0.108, -0.018, [0.12, 0, 0.16], house.ochre), stick(-0.095, 0.0, [-0.1, 0, -0.18], house.forest, 0.16), stick(-0.1, -0.02, [0.16, 0, -0.05], '#b8492c', 0.175),
    part(grainAlong(box(0.13, 0.075, 0.012, 0.004), 'x'), ash, { at: [0.01, 0.05, -0.045] }), part(grainAlong(box(0.13, 0.045, 0.012, 0.004), 'x'), ash, { at: [0.01, 0.036, -0.005] }),
    part(box(0.108, 0.09, 0.003, 0.001), matte('#e9d9ba', 0.9), { at: [0.008, 0.068, -0.029], turn: [-0.1, 0, 0] }), part(box(0.1, 0.07, 0.003, 0.001), matte('#93a283', 0.9), { at: [0.016, 0.06, -0.02], turn: [-0.14, 0, 0] }),
    part(turned([[0, 0.016], [0.03, 0.016, 0.003], [0.034, 0.034, 0.003], [0.031, 0.034, 0.002], [0.028, 0.021, 0.003], [0, 0.021]]), brass(0.3), { at: [0.115, 0, 0.012] }),
    [0, 1, 2].map((i) => part(ring(0.0085, 0.0011), steel(0.3), { at: [0.113 + Math.sin(i * 2.2) * 0.012, 0.0245 + i * 0.002, 0.012 + Math.cos(i * 2.2) * 0.011], turn: [1.4 + i * 0.2, i * 0.3, 0], scale: [0.7, 1.2, 1] })),
  ])
}

export function planter() {
  const leaves = Array.from({ length: 17 }, (_, i) => {
    const turn = i * 2.4
    const rise = 0.15 + (i / 17) * 0.27
    const reach = 0.17 - (i / 17) * 0.1
    const [c, s] = [Math.cos(turn), Math.sin(turn)]
    const size = 0.19 - (i / 17) * 0.05
    const hue = ['#4c6b3c', '#587a45', '#3f5d38'][i % 3]
    return [
      part(wire([[0, 0.12, 0], [c * reach * 0.35, 0.12 + rise * 0.7, s * reach * 0.35], [c * reach, 0.14 + rise, s * reach]], 0.0028, 24), leafy('#6f8a4e')),
      group([part(leaf(size, size * 0.62), leafy(hue), { turn: [0, 0, 0.25 - i * 0.01] })], { at: [c * reach, 0.14 + rise, s * reach], turn: [0, -turn, 0] }),
    ]
  })
  return group([
    part(turned([[0, 0.03], [0.085, 0.03, 0.012], [0.115, 0.1, 0.06], [0.108, 0.19, 0.02], [0.112, 0.202, 0.004], [0.1, 0.202, 0.003], [0.1, 0.17], [0, 0.17]]), plaster('#dcb294')),
    part(turned([[0, 0.166], [0.1, 0.166]]), matte('#3a2a1f', 1)),
    [0, 1, 2].map((i) => part(grainAlong(bar([Math.cos(i * 2.094 + 0.5) * 0.085, 0, Math.sin(i * 2.094 + 0.5) * 0.085], [Math.cos(i * 2.094 + 0.5) * 0.07, 0.045, Math.sin(i * 2.094 + 0.5) * 0.07], 0.011, 0.015), 'y'), wood('walnut'))), leaves,
  ])
}

const poster = () => painted('poster', 700, 980, (ink, w, h, random) => {
  ink.fillStyle = '#efe3cd'
  ink.fillRect(0, 0, w, h)
  const blob = (colour, draw) => { ink.fillStyle = colour; ink.beginPath(); draw(); ink.fill() }
  blob('#d39a36', () => ink.arc(w * 0.62, h * 0.3, 150, 0, 6.3))
  blob('#93a283', () => ink.ellipse(w * 0.3, h * 0.78, 330, 250, 0.2, Math.PI, 0))
  blob('#2f4a3d', () => ink.ellipse(w * 0.72, h * 0.86, 300, 230, -0.15, Math.PI, 0))
  blob('#bd5f3c', () => { ink.moveTo(w * 0.3, h * 0.72); ink.quadraticCurveTo(w * 0.2, h * 0.42, w * 0.36, h * 0.4); ink.quadraticCurveTo(w * 0.52, h * 0.44, w * 0.46, h * 0.72) })
  blob('#efe3cd', () => { ink.ellipse(w * 0.37, h * 0.405, 34, 10, 0, 0, 6.3) })
  ink.strokeStyle = '#2a2523'
  ink.lineWidth = 5
  for (let i = 0; i < 4; i++) { ink.beginPath(); ink.moveTo(w * 0.37, h * 0.41); ink.quadraticCurveTo(w * (0.3 + i * 0.06), h * 0.3, w * (0.22 + i * 0.1), h * (0.2 + (i % 2) * 0.05)); ink.stroke(); blob('#5d3443', () => ink.ellipse(w * (0.22 + i * 0.1), h * (0.19 + (i % 2) * 0.05), 16, 30, (i - 1.5) * 0.3, 0, 6.3)) }
  ink.fillStyle = '#efe3cd'
  ink.fillRect(0, h * 0.86, w, h)
  ink.globalAlpha = 0.05
  for (let i = 0; i < 6000; i++) { ink.fillStyle = random() > 0.5 ? '#fff' : '#000'; ink.fillRect(random() * w, random() * h, 2, 2) }
}, { repeat: false })

export function artPrint() {
  const sheet = part(slab(rectangle(0.42, 0.58, 0.001), 0.002, { bevel: 0.0004 }), printed(poster(), 0.9), { at: [0, 0.37, 0.006] })
  const { uv, position } = sheet.geometry.attributes
  for (let i = 0; i < uv.count; i++) uv.setXY(i, 0.5 + position.getX(i) / 0.42, 0.5 + position.getY(i) / 0.58)
  const rail = (width, height, at) => part(grainAlong(box(width, height, 0.026, 0.003), width > height ? 'x' : 'y'), wood('oak'), { at })
  return group([part(box(0.52, 0.68, 0.004, 0.001), matte('#f3eadb', 0.95), { at: [0, 0.37, 0.002] }), sheet,
    rail(0.56, 0.02, [0, 0.72, 0.008]), rail(0.56, 0.02, [0, 0.02, 0.008]), rail(0.02, 0.72, [-0.27, 0.37, 0.008]), rail(0.02, 0.72, [0.27, 0.37, 0.008])])
}

export function wateringCan() {
  const skin = lacquer('#c9872f', 0.4)
  return group([
    part(turned([[0, 0], [0.082, 0, 0.008], [0.085, 0.05, 0.02], [0.068, 0.155, 0.02], [0.045, 0.17, 0.006], [0.04, 0.17, 0.003], [0.04, 0.16], [0, 0.16]]), skin),
    part(wire([[0.07, 0.05, 0], [0.13, 0.075, 0], [0.2, 0.17, 0], [0.255, 0.255, 0]], 0.0105, 60), skin),
    part(turned([[0, 0], [0.011, 0, 0.002], [0.03, 0.04, 0.004], [0.029, 0.045, 0.002], [0, 0.048]]), brass(0.3), { at: [0.246, 0.24, 0], turn: [0, 0, -0.72] }),
    part(wire([[-0.045, 0.16, 0], [-0.03, 0.24, 0], [-0.1, 0.25, 0], [-0.15, 0.17, 0], [-0.125, 0.07, 0], [-0.08, 0.05, 0]], 0.0085, 100), brass(0.3)),
    part(bar([0.075, 0.15, 0], [0.165, 0.14, 0], 0.004), brass()),
  ])
}

export function bicycleBell() {
  return group([
    part(turned([[0, 0.034], [0.018, 0.032, 0.012], [0.03, 0.018, 0.012], [0.034, 0, 0.002], [0.032, 0, 0.001], [0.028, 0.016, 0.01], [0, 0.03]]), brass(0.16), { at: [0, 0.034, 0] }),
    part(turned([[0, 0], [0.005, 0, 0.002], [0.004, 0.006, 0.002], [0, 0.007]]), steel(0.2), { at: [0, 0.067, 0] }),
    part(turned([[0, 0.016], [0.024, 0.016, 0.003], [0.026, 0.03, 0.003], [0, 0.032]]), lacquer(house.ink, 0.4)),
    part(wire([[0.022, 0.024, 0.01], [0.04, 0.026, 0.018], [0.05, 0.036, 0.02]], 0.0028), steel(0.25)), part(turned([[0, 0], [0.006, 0.001, 0.002], [0.006, 0.008, 0.003], [0, 0.009]]), brass(), { at: [0.051, 0.034, 0.02] }),
    part(ring(0.0145, 0.0048), lacquer(house.ink, 0.4), { at: [0, 0.013, 0], scale: [1, 1, 1.7] }), part(bar([-0.075, 0.013, 0], [0.075, 0.013, 0], 0.011), steel(0.22)),
    part(bar([0.05, 0.013, 0], [0.076, 0.013, 0], 0.0128), hide('#9a5a31')),
  ])
}

export function backpack() {
  const canvas = cloth('#59664d', 12, 1)
  const tan = hide('#a4683c')
  const buckle = (x) => [part(box(0.02, 0.15, 0.003, 0.001), tan, { at: [x, 0.25, 0.092], turn: [-0.04, 0, 0] }), part(ring(0.012, 0.0022), brass(), { at: [x, 0.195, 0.097] })]
  return group([
    part(cushion(0.31, 0.42, 0.2, { fold: 0.16, corner: 0.02 }), canvas, { at: [0, 0.21, 0] }), part(box(0.27, 0.025, 0.15, 0.012), tan, { at: [0, 0.0125, 0] }),
    part(cushion(0.315, 0.24, 0.212, { fold: 0.18, corner: 0.03 }), canvas, { at: [0, 0.335, 0.002] }), part(cushion(0.23, 0.17, 0.07, { fold: 0.2, corner: 0.03 }), canvas, { at: [0, 0.115, 0.09] }),
    part(box(0.2, 0.012, 0.004, 0.0015), tan, { at: [0, 0.195, 0.106] }), buckle(-0.075), buckle(0.075),
    part(wire([[-0.035, 0.445, -0.04], [-0.03, 0.485, -0.04], [0.03, 0.485, -0.04], [0.035, 0.445, -0.04]], 0.007), tan),
    [-1, 1].map((s) => part(wire([[s * 0.09, 0.43, -0.07], [s * 0.13, 0.38, -0.14], [s * 0.15, 0.2, -0.15], [s * 0.15, 0.05, -0.07]], 0.013), tan)),
    part(box(0.05, 0.03, 0.003, 0.001), tan, { at: [0, 0.115, 0.127] }),
  ])
}
