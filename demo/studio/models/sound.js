import { bar, box, disc, grainAlong, group, part, ring, turned, wire } from '../make/shapes.js'
import { brass, cloth, glass, gunmetal, hide, house, lacquer, matte, printed, rubber, steel, wood } from '../make/materials.js'
import { painted } from '../make/textures.js'

export function speaker() {
  const face = [
    part(bar([0, 0.115, 0.088], [0, 0.115, 0.098], 0.075), cloth('#d9c7a6', 14, 1.2)), part(ring(0.076, 0.0035), brass(), { at: [0, 0.115, 0.0975] }),
    part(bar([0, 0.25, 0.088], [0, 0.25, 0.097], 0.032), matte(house.ink, 0.6)), part(ring(0.033, 0.003), brass(), { at: [0, 0.25, 0.096] }),
    part(turned([[0, 0], [0.016, 0.002, 0.004], [0.012, 0.009, 0.006], [0, 0.012]]), brass(0.2), { at: [0, 0.25, 0.097], turn: [Math.PI / 2, 0, 0] }),
  ]
  return group([part(grainAlong(box(0.21, 0.31, 0.18, 0.018), 'y', 0.45), wood('walnut'), { at: [0, 0.157, 0] }), face,
    [-0.07, 0.07].map((x) => part(bar([x, 0, 0.02], [x, 0.02, 0.02], 0.012), brass()))])
}

const dial = () => painted('dial', 512, 256, (ink, w, h) => {
  ink.fillStyle = '#f3e6cb'
  ink.fillRect(0, 0, w, h)
  ink.strokeStyle = '#3b2a1c'
  ink.fillStyle = '#3b2a1c'
  ink.lineWidth = 3
  for (const [y, step] of [[70, 16], [128, 24], [186, 12]]) {
    ink.beginPath()
    ink.moveTo(30, y); ink.lineTo(w - 30, y); ink.stroke()
    for (let x = 30; x <= w - 30; x += step) ink.fillRect(x, y - ((x / step) % 4 < 1 ? 18 : 9), 2.4, (x / step) % 4 < 1 ? 18 : 9)
  }
  ink.fillStyle = '#bd3f25'
  ink.fillRect(318, 34, 5, 188)
}, { repeat: false })

export function radio() {
  const knob = (x, y, r) => [part(bar([x, y, 0.045], [x, y, 0.06], r, r * 0.94), brass(0.34)), part(bar([x, y, 0.06], [x, y, 0.0615], r * 0.7), brass(0.2))]
  const bars = Array.from({ length: 11 }, (_, i) => part(box(0.108, 0.0032, 0.006, 0.0012), brass(0.4), { at: [-0.062, 0.038 + i * 0.0092, 0.046] }))
  const body = group([
    part(box(0.28, 0.165, 0.088, 0.026), lacquer(house.sea, 0.4), { at: [0, 0.0885, 0] }),
    part(box(0.124, 0.122, 0.006, 0.003), matte('#1f2a2b', 0.8), { at: [-0.062, 0.085, 0.0425] }), bars,
    part(box(0.1, 0.05, 0.004, 0.0015), printed(dial(), 0.5), { at: [0.067, 0.118, 0.044] }), knob(0.042, 0.058, 0.02), knob(0.096, 0.058, 0.02),
    part(wire([[-0.11, 0.165, 0], [-0.112, 0.2, 0], [-0.09, 0.213, 0], [0.09, 0.213, 0], [0.112, 0.2, 0], [0.11, 0.165, 0]], 0.007, 90), hide()),
    [-0.1, 0.1].map((x) => part(bar([x, 0, 0], [x, 0.012, 0], 0.012), rubber())),
  ])
  const all = group([body, part(bar([0.12, 0.165, -0.025], [0.19, 0.39, -0.04], 0.0022, 0.0016), steel(0.2))])
  all.userData.focus = body
  return all
}

export function headphones() {
  const cup = (side) => group([
    part(turned([[0, 0], [0.035, 0, 0.004], [0.04, 0.008, 0.006], [0.04, 0.018, 0.005], [0.03, 0.024, 0.004], [0, 0.024]]), lacquer('#ded2bf', 0.4)),
    part(turned([[0, 0.022], [0.02, 0.022, 0.001], [0.019, 0.0265, 0.002], [0, 0.0265]]), wood('walnut')), part(ring(0.0205, 0.0016), brass(), { at: [0, 0.025, 0], turn: [Math.PI / 2, 0, 0] }),
    part(ring(0.027, 0.0125), hide('#8f5630'), { at: [0, -0.01, 0], turn: [Math.PI / 2, 0, 0], scale: [1, 1, 1.05] }), part(disc(0.024, 0.004), cloth('#2c2a2a', 8, 1), { at: [0, -0.006, 0] }),
  ], { at: [side * 0.074, 0.062, 0], turn: [0, 0, side * -Math.PI / 2 + side * 0.09] })
  const arch = Array.from({ length: 25 }, (_, i) => {
    const a = (i / 24) * Math.PI
    return [Math.cos(a) * 0.082, 0.108 + Math.sin(a) * 0.09, 0]
  })
  return group([group([cup(1), cup(-1), part(wire(arch, 0.0035, 120), brass(0.28)),
    part(wire(arch.slice(5, 20), 0.0105, 120), hide('#8f5630'), { scale: [1.0, 1, 1.5] }),
    [-1, 1].map((s) => [part(bar([s * 0.082, 0.06, 0], [s * 0.082, 0.118, 0], 0.0042), brass(0.28)), part(bar([s * 0.082, 0.1, 0], [s * 0.082, 0.122, 0], 0.0065), lacquer('#ded2bf', 0.4)),
      part(bar([s * 0.082, 0.062, 0], [s * 0.1, 0.062, 0], 0.008), brass())])], { at: [0, -0.022, 0] })])
}

/** A film camera; its lens looks along +z. */
export function camera() {
  const front = (r, z0, z1, material, r2 = r) => part(bar([0.008, 0.04, z0], [0.008, 0.04, z1], r, r2), material)
  return group([
    part(box(0.14, 0.058, 0.034, 0.013), hide('#4a2e20'), { at: [0, 0.04, 0] }),
    part(box(0.14, 0.017, 0.035, 0.007), steel(0.36), { at: [0, 0.073, 0] }), part(box(0.14, 0.012, 0.035, 0.005), steel(0.36), { at: [0, 0.0085, 0] }),
    part(box(0.05, 0.022, 0.034, 0.006), steel(0.36), { at: [0.008, 0.088, 0] }), part(box(0.024, 0.012, 0.004, 0.002), matte('#11141a', 0.1), { at: [0.008, 0.088, 0.017] }),
    part(box(0.018, 0.011, 0.004, 0.002), matte('#11141a', 0.1), { at: [0.05, 0.073, 0.017] }),
    front(0.031, 0.014, 0.024, steel(0.3)), front(0.0285, 0.024, 0.036, matte('#222226', 0.5)), front(0.0295, 0.036, 0.046, gunmetal(0.4)), front(0.0265, 0.046, 0.056, matte('#19191c', 0.45)),
    part(ring(0.024, 0.0025), steel(0.25), { at: [0.008, 0.04, 0.056] }),
    part(turned([[0, 0], [0.019, 0.001, 0.001], [0.012, 0.0055, 0.01], [0, 0.007]]), lacquer('#1b2540', 0.04), { at: [0.008, 0.04, 0.052], turn: [Math.PI / 2, 0, 0] }),
    part(ring(0.03, 0.0012), brass(), { at: [0.008, 0.04, 0.0405] }),
    part(bar([-0.048, 0.08, 0], [-0.048, 0.09, 0], 0.0125), steel(0.28)), part(bar([0.052, 0.08, 0], [0.052, 0.0875, 0], 0.0105), gunmetal()), part(bar([0.052, 0.0875, 0], [0.052, 0.091, 0], 0.0045), brass()),
    [-1, 1].map((s) => part(ring(0.0055, 0.0012), brass(), { at: [s * 0.074, 0.066, 0], turn: [0, Math.PI / 2, 0] })),
    part(wire([[-0.074, 0.064, 0], [-0.098, 0.03, 0.012], [-0.105, 0.006, 0.05], [-0.05, 0.0045, 0.105], [0.05, 0.0045, 0.1], [0.108, 0.006, 0.045], [0.098, 0.03, 0.01], [0.074, 0.064, 0]], 0.0042, 140), hide('#a4683c')),
  ])
}

const label = () => painted('record', 512, 512, (ink, w, h) => {
  ink.fillStyle = '#18181a'
  ink.fillRect(0, 0, w, h)
  ink.strokeStyle = '#2c2c30'
  for (let r = 92; r < 250; r += 3) {
    ink.lineWidth = r % 9 ? 1 : 2
    ink.beginPath(); ink.arc(w / 2, h / 2, r, 0, 6.3); ink.stroke()
  }
  ink.fillStyle = '#c65f38'
  ink.beginPath(); ink.arc(w / 2, h / 2, 84, 0, 6.3); ink.fill()
  ink.fillStyle = '#ecd9b4'
  ink.beginPath(); ink.arc(w / 2, h / 2, 84, 0.2, 2.9); ink.fill()
  ink.fillStyle = '#18181a'
  ink.beginPath(); ink.arc(w / 2, h / 2, 8, 0, 6.3); ink.fill()
}, { repeat: false })

export function turntable() {
  const record = part(disc(0.148, 0.003, 0.001), printed(label(), 0.32), { at: [-0.045, 0.093, 0] })
  const uv = record.geometry.attributes.uv
  const position = record.geometry.attributes.position
  for (let i = 0; i < uv.count; i++) uv.setXY(i, 0.5 + position.getX(i) / 0.302, 0.5 + position.getZ(i) / 0.302)
  const all = group([
    part(grainAlong(box(0.44, 0.062, 0.34, 0.012), 'x', 0.5), wood('cherry'), { at: [0, 0.045, 0] }),
    part(box(0.425, 0.006, 0.325, 0.003), matte('#e9dfcd', 0.6), { at: [0, 0.0765, 0] }),
    part(disc(0.152, 0.014, 0.004), steel(0.25), { at: [-0.045, 0.079, 0] }), record,
    part(bar([-0.045, 0.09, 0], [-0.045, 0.105, 0], 0.003), steel(0.2)),
    part(bar([0.16, 0.078, -0.1], [0.16, 0.1, -0.1], 0.03), brass()), part(bar([0.16, 0.1, -0.1], [0.16, 0.122, -0.1], 0.012), brass()),
    part(wire([[0.168, 0.116, -0.145], [0.16, 0.116, -0.1], [0.145, 0.112, 0.03], [0.118, 0.108, 0.082], [0.07, 0.103, 0.098]], 0.0035), steel(0.22)),
    part(bar([0.167, 0.116, -0.135], [0.171, 0.116, -0.16], 0.012), gunmetal()), part(box(0.034, 0.012, 0.016, 0.003), matte(house.ink, 0.5), { at: [0.062, 0.102, 0.1], turn: [0, 0.2, 0] }),
    part(bar([0.175, 0.078, 0.115], [0.175, 0.094, 0.115], 0.017), brass()),
    [[-0.18, 0.13], [0.18, 0.13], [-0.18, -0.13], [0.18, -0.13]].map(([x, z]) => part(bar([x, 0, z], [x, 0.016, z], 0.02), rubber())),
  ])
  all.userData.record = record
  return all
}

const clockFace = (ground, ink1, name) => painted(`clock ${name}`, 512, 512, (ink, w) => {
  const c = w / 2
  ink.fillStyle = ground
  ink.fillRect(0, 0, w, w)
  ink.translate(c, c)
  for (let i = 0; i < 60; i++) {
    ink.save()
    ink.rotate((i / 60) * Math.PI * 2)
    ink.fillStyle = ink1
    if (i % 5 === 0) ink.fillRect(-5, -c * 0.86, 10, 44)
    else ink.fillRect(-1.5, -c * 0.86, 3, 16)
    ink.restore()
  }
}, { repeat: false })

function dialPlate(radius, texture, z) {
  const plate = part(disc(radius, 0.002, 0.0005), printed(texture, 0.7), { at: [0, 0, z], turn: [Math.PI / 2, 0, 0] })
  const { uv, position } = plate.geometry.attributes
  for (let i = 0; i < uv.count; i++) uv.setXY(i, 0.5 + position.getX(i) / (2.02 * radius), 0.5 - position.getZ(i) / (2.02 * radius))
  return plate
}

const hand = (length, width, angle, z, material) =>
  group([part(box(width, length, 0.0016, 0.0006), material, { at: [0, length * 0.4, 0] })], { at: [0, 0, z], turn: [0, 0, -angle] })

export function wallClock() {
  return group([group([
    part(grainAlong(turned([[0, 0], [0.17, 0, 0.006], [0.172, 0.03, 0.012], [0.15, 0.04, 0.006], [0.147, 0.026, 0.004], [0, 0.026]]), 'x'), wood('oak'), { turn: [Math.PI / 2, 0, 0] }),
    dialPlate(0.149, clockFace('#f2e8d6', '#2f4a3d', 'wall'), 0.027),
    hand(0.082, 0.009, 5.28, 0.032, matte(house.forest)), hand(0.122, 0.006, 0.95, 0.0345, matte(house.forest)), hand(0.13, 0.002, 3.5, 0.037, lacquer(house.clay)),
    part(bar([0, 0, 0.03], [0, 0, 0.041], 0.007), brass()),
  ], { at: [0, 0.172, 0] })])
}

export function alarmClock() {
  const bell = (side) => part(turned([[0, 0.026], [0.018, 0.02, 0.01], [0.024, 0, 0.002], [0.022, 0, 0.001]]), brass(0.22), { at: [side * 0.03, 0.098, 0], turn: [0, 0, side * -0.55] })
  return group([
    group([
      part(turned([[0, 0], [0.046, 0, 0.006], [0.05, 0.012, 0.008], [0.05, 0.04, 0.006], [0.0455, 0.044, 0.003], [0.044, 0.036, 0.002], [0, 0.036]]), lacquer('#c65f38', 0.36), { turn: [Math.PI / 2, 0, 0], at: [0, 0, -0.022] }),
      dialPlate(0.0445, clockFace('#f5ead6', '#33261c', 'alarm'), 0.0145), hand(0.022, 0.0034, 5.25, 0.0175, matte(house.ink)), hand(0.034, 0.0024, 0.9, 0.019, matte(house.ink)), hand(0.024, 0.0012, 3.4, 0.0205, matte(house.clay)),
      part(bar([0, 0, 0.014], [0, 0, 0.0225], 0.0026), brass()), part(disc(0.044, 0.001), glass('#ffffff', 0.07), { turn: [Math.PI / 2, 0, 0], at: [0, 0, 0.021] }),
    ], { at: [0, 0.06, 0] }), bell(1), bell(-1),
    part(wire([[-0.028, 0.125, 0], [-0.016, 0.142, 0], [0.016, 0.142, 0], [0.028, 0.125, 0]], 0.0026), brass()), part(bar([0, 0.106, 0], [0, 0.124, 0], 0.002), brass()), part(bar([-0.006, 0.124, 0], [0.006, 0.124, 0], 0.0038), brass()),
    [-1, 1].map((s) => part(bar([s * 0.034, 0.026, 0], [s * 0.046, 0, 0.006], 0.0042, 0.0055), brass())),
  ])
}

