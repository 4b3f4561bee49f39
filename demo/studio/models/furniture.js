import { bar, box, cushion, grainAlong, group, part, plain, ring, slab, turned } from '../make/shapes.js'
import { brass, cloth, house, lacquer, matte, steel, wood, wool } from '../make/materials.js'
import { painted } from '../make/textures.js'

export function loungeChair() {
  const oak = wood('oak')
  const leg = (from, to) => part(grainAlong(bar(from, to, 0.019, 0.015), 'y'), oak)
  const seat = part(cushion(0.64, 0.66, 0.2, { fold: 0.3, corner: 0.03 }), wool(house.ochre, 7, 1.3), { at: [0, 0.39, 0.02], turn: [-Math.PI / 2 + 0.09, 0, 0] })
  const back = part(cushion(0.64, 0.6, 0.19, { fold: 0.3, corner: 0.03 }), wool(house.ochre, 7, 1.3), { at: [0, 0.68, -0.29], turn: [-0.33, 0, 0] })
  const side = (x) => [
    leg([x, 0.56, 0.27], [x * 1.02, 0, 0.33]), leg([x, 0.58, -0.3], [x * 1.02, 0, -0.42]),
    part(grainAlong(box(0.056, 0.026, 0.74, 0.012), 'z'), oak, { at: [x, 0.575, -0.02], turn: [0.03, 0, 0] }),
    part(grainAlong(bar([x, 0.3, 0.28], [x, 0.26, -0.36], 0.016), 'z'), oak),
  ]
  return group([side(0.365), side(-0.365), seat, back,
    part(grainAlong(bar([-0.36, 0.3, 0.27], [0.36, 0.3, 0.27], 0.016), 'x'), oak), part(grainAlong(bar([-0.36, 0.27, -0.34], [0.36, 0.27, -0.34], 0.016), 'x'), oak),
    part(grainAlong(bar([-0.3, 0.93, -0.47], [0.3, 0.93, -0.47], 0.014), 'x'), oak),
    part(bar([-0.29, 0.27, -0.35], [-0.29, 0.94, -0.475], 0.013), oak), part(bar([0.29, 0.27, -0.35], [0.29, 0.94, -0.475], 0.013), oak)])
}

export function stool() {
  const cherry = wood('cherry')
  const legs = [0, 1, 2].map((i) => {
    const angle = i * 2.0944 + 0.5
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    return part(grainAlong(bar([c * 0.19, 0, s * 0.19], [c * 0.11, 0.42, s * 0.11], 0.014, 0.021), 'y'), cherry)
  })
  return group([...legs, part(grainAlong(turned([[0, 0.405], [0.165, 0.41, 0.012], [0.172, 0.43, 0.014], [0.16, 0.447, 0.012], [0.09, 0.438, 0.05], [0, 0.435]]), 'x'), cherry),
    part(ring(0.155, 0.009), cherry, { at: [0, 0.17, 0], turn: [Math.PI / 2, 0, 0] })])
}

export function sideTable() {
  const frame = lacquer(house.rust, 0.45)
  return group([
    part(turned([[0, 0.5], [0.222, 0.5, 0.004], [0.23, 0.512, 0.004], [0.23, 0.535, 0.004], [0.222, 0.535, 0.003], [0.22, 0.516, 0.004], [0, 0.515]]), frame),
    part(bar([0, 0.02, 0], [0, 0.5, 0], 0.013), frame),
    part(turned([[0, 0], [0.15, 0, 0.004], [0.15, 0.014, 0.006], [0.02, 0.024, 0.01], [0.014, 0.06], [0, 0.06]]), frame),
    part(ring(0.05, 0.006, Math.PI), brass(), { at: [0, 0.53, 0] }),
  ])
}

export function wallMirror() {
  const curve = [[-0.25, -0.36, 0.2], [0.2, -0.4, 0.26], [0.28, 0.1, 0.24], [0.18, 0.42, 0.24], [-0.16, 0.38, 0.26], [-0.3, 0.06, 0.26]]
  const frame = curve.map(([x, y, r]) => [x * 1.07, y * 1.05, r * 1.06])
  return group([
    part(slab(frame, 0.03, { bevel: 0.01 }), wood('walnut'), { at: [0, 0.45, 0.015] }),
    part(slab(curve, 0.008, { bevel: 0.003 }), steel(0.06), { at: [0, 0.45, 0.031] }),
  ])
}

const stripes = () => painted('rug', 1024, 683, (ink, w, h, random) => {
  ink.fillStyle = '#e4d4b8'
  ink.fillRect(0, 0, w, h)
  const arch = (x, colour, grow) => {
    ink.fillStyle = colour
    ink.beginPath()
    ink.ellipse(x, h, grow * 0.5, grow * 0.86, 0, Math.PI, 0)
    ink.fill()
  }
  arch(w * 0.3, '#b65a38', 560); arch(w * 0.3, '#d9a14a', 400); arch(w * 0.3, '#e4d4b8', 240)
  ink.save()
  ink.translate(w, h); ink.rotate(Math.PI)
  arch(w * 0.28, '#5b6d57', 520); arch(w * 0.28, '#93a283', 350); arch(w * 0.28, '#e4d4b8', 190)
  ink.restore()
  ink.globalAlpha = 0.09
  for (let y = 0; y < h; y += 3) {
    ink.fillStyle = random() > 0.5 ? '#000' : '#fff'
    ink.fillRect(0, y, w, 1.5)
  }
}, { repeat: false })

export function woolRug() {
  const pile = wool('#ffffff', 9, 5).clone()
  pile.map = stripes()
  const body = part(box(1.8, 0.022, 1.2, 0.01), pile, { at: [0, 0.011, 0] })
  const fringe = [-1, 1].flatMap((end) => Array.from({ length: 44 }, (_, i) =>
    part(plain(0.055, 0.006, 0.009), matte('#e8dcc4', 1), { at: [end * 0.925, 0.004, -0.58 + i * 0.027], turn: [0, Math.sin(i * 7.3) * 0.25, 0] })))
  return group([body, fringe])
}

export function throwPillow() {
  const face = painted('pillow', 512, 512, (ink, w, h) => {
    ink.fillStyle = '#e9dcc3'
    ink.fillRect(0, 0, w, h)
    ink.fillStyle = '#a8492c'
    for (let i = 0; i < 7; i++) ink.fillRect(0, 42 + i * 64, w, i % 2 ? 12 : 30)
  }, { repeat: false })
  const linen = cloth('#fffefc', 10, 1.6).clone()
  linen.map = face
  const pillow = part(cushion(0.5, 0.5, 0.2, { fold: 0.62, corner: 0.075 }), linen, { at: [0, 0.232, 0], turn: [-0.2, 0, 0] })
  return group([pillow])
}

export function sideboard() {
  const walnut = wood('walnut')
  const door = (x) => part(grainAlong(box(0.52, 0.42, 0.02, 0.004), 'x', 0.9), walnut, { at: [x, 0.42, 0.215] })
  return group([
    part(grainAlong(box(1.7, 0.5, 0.42, 0.01), 'x', 0.9), wood('oak'), { at: [0, 0.42, 0] }), door(-0.55), door(0), door(0.55),
    [-0.55, 0, 0.55].map((x) => part(bar([x - 0.2, 0.42, 0.24], [x - 0.2, 0.5, 0.24], 0.006), brass())),
    [[-0.75, 0.15], [0.75, 0.15], [-0.75, -0.15], [0.75, -0.15]].map(([x, z]) => part(bar([x, 0, z], [x * 0.98, 0.18, z], 0.014, 0.02), wood('oak'))),
  ])
}
