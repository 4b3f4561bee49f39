import { ball, bar, box, disc, grainAlong, group, part, ring, slab, turned, wire } from '../make/shapes.js'
import { brass, enamel, glass, glaze, house, iron, leafy, matte, plaster, rubber, smoked, steel, stoneware, wood } from '../make/materials.js'

/** An open vessel with a wall, a rounded lip and a floor. */
const vessel = (outer, wall) => {
  const [rim, height] = outer.at(-1)
  const inner = outer.slice(1, -1).reverse().map(([r, y, round]) => [Math.max(r - wall, 0.001), Math.max(y, wall * 1.6), round])
  return turned([[0, 0], ...outer.slice(0, -1), [rim, height, wall * 0.5], [rim - wall, height, wall * 0.5], ...inner, [0, wall * 1.6]])
}

function mug(colour, fleck) {
  const body = part(vessel([[0.03, 0, 0.004], [0.041, 0.008, 0.012], [0.043, 0.05, 0.02], [0.041, 0.09]], 0.004), stoneware(colour, fleck))
  const handle = part(wire([[0.04, 0.073, 0], [0.058, 0.076, 0], [0.072, 0.06, 0], [0.07, 0.038, 0], [0.055, 0.024, 0], [0.0395, 0.024, 0]], 0.0058), stoneware(colour, fleck))
  return group([body, handle, part(disc(0.037, 0.002), matte('#3a2216', 0.2), { at: [0, 0.071, 0] })])
}
export const mugClay = () => mug(house.clay, '#5a2a18')
export const mugSage = () => mug('#a3b193', '#4a4a35')
export const mugInk = () => mug('#34384a', '#c8bda5')

export function vaseSet() {
  const tall = part(vessel([[0.045, 0, 0.006], [0.07, 0.06, 0.06], [0.06, 0.17, 0.06], [0.022, 0.235, 0.03], [0.024, 0.3, 0.02], [0.034, 0.315]], 0.004), plaster('#e9dfcd'))
  const round = part(vessel([[0.05, 0, 0.006], [0.088, 0.06, 0.07], [0.075, 0.13, 0.05], [0.028, 0.15, 0.014], [0.032, 0.172]], 0.004), stoneware('#c06a48', '#4d2415'), { at: [0.145, 0, 0.05] })
  const loop = group([part(ring(0.058, 0.022), stoneware('#93a283', '#4a4a35'), { at: [0, 0.078, 0] }), part(vessel([[0.01, 0, 0.002], [0.0105, 0.03, 0.003], [0.015, 0.04]], 0.003), stoneware('#93a283', '#4a4a35'), { at: [0, 0.094, 0] }), part(disc(0.034, 0.006), stoneware('#93a283', '#4a4a35'))], { at: [-0.135, 0, 0.075], turn: [0, 0.25, 0] })
  const stem = (x, z, lean) => part(wire([[0, 0.1, 0], [0.005, 0.33, 0], [x * 0.5, 0.46, z * 0.5], [x, 0.56 - lean, z]], 0.0016), matte('#9a7f4e', 0.9))
  const head = (x, y, z, turn) => part(turned([[0, 0], [0.011, 0.02, 0.01], [0.012, 0.07, 0.02], [0, 0.115]], 16), matte('#c39a62', 1), { at: [x, y, z], turn })
  return group([tall, round, loop, stem(0.09, 0.01, 0.02), stem(-0.06, 0.03, 0), stem(0.015, -0.03, -0.05),
    head(0.085, 0.53, 0.009, [0, 0, -0.55]), head(-0.057, 0.55, 0.028, [0.1, 0, 0.4]), head(0.014, 0.6, -0.028, [-0.1, 0, -0.08])])
}

export function teapot() {
  const skin = glaze('#5f8a8b', 0.22)
  return group([
    part(turned([[0, 0], [0.05, 0, 0.006], [0.088, 0.05, 0.055], [0.08, 0.105, 0.05], [0.04, 0.125, 0.006], [0, 0.125]]), skin),
    part(turned([[0, 0.122], [0.044, 0.122, 0.003], [0.042, 0.131, 0.006], [0.014, 0.141, 0.01], [0.01, 0.148, 0.004], [0, 0.15]]), skin),
    part(ball(0.0125), wood('oak'), { at: [0, 0.158, 0] }),
    part(wire([[0.07, 0.055, 0], [0.105, 0.07, 0], [0.122, 0.105, 0], [0.142, 0.124, 0]], 0.0125), skin),
    part(ring(0.0125, 0.0035), skin, { at: [0.142, 0.124, 0], turn: [0.0, 1.2, 0.0] }),
    part(wire([[-0.055, 0.11, 0], [-0.07, 0.17, 0], [-0.04, 0.225, 0], [0, 0.24, 0], [0.04, 0.225, 0], [0.07, 0.17, 0], [0.055, 0.11, 0]], 0.0052), brass(0.3)),
    part(wire([[-0.034, 0.229, 0], [0, 0.241, 0], [0.034, 0.229, 0]], 0.0095), wood('oak')),
  ])
}

export function kettle() {
  const skin = enamel('#e8dcc6')
  return group([
    part(turned([[0, 0], [0.088, 0, 0.004], [0.09, 0.01, 0.006], [0.082, 0.085, 0.05], [0.05, 0.148, 0.02], [0.046, 0.153, 0.003], [0, 0.153]]), skin),
    part(disc(0.094, 0.012), matte(house.ink, 0.5), { at: [0, -0.004, 0] }),
    part(turned([[0, 0.152], [0.046, 0.152, 0.003], [0.044, 0.16, 0.006], [0.01, 0.166, 0.004], [0, 0.166]]), skin),
    part(turned([[0, 0], [0.009, 0, 0.002], [0.013, 0.018, 0.006], [0, 0.022]]), wood('walnut'), { at: [0, 0.165, 0] }),
    part(wire([[0.07, 0.04, 0], [0.12, 0.045, 0], [0.14, 0.085, 0], [0.142, 0.13, 0], [0.165, 0.155, 0], [0.188, 0.155, 0]], 0.0068, 80), skin),
    part(wire([[-0.045, 0.14, 0], [-0.075, 0.168, 0], [-0.125, 0.165, 0], [-0.135, 0.12, 0], [-0.13, 0.06, 0]], 0.0095, 80), wood('walnut')),
    part(bar([-0.052, 0.147, 0], [-0.034, 0.135, 0], 0.011), brass()),
  ])
}


export function pourOver() {
  const clear = glass('#eef4ee', 0.15)
  const pot = part(vessel([[0.05, 0, 0.006], [0.068, 0.035, 0.04], [0.055, 0.085, 0.03], [0.026, 0.118, 0.014], [0.026, 0.13, 0.01], [0.062, 0.215]], 0.003), clear)
  const coffee = part(turned([[0, 0.004], [0.047, 0.004, 0.006], [0.0645, 0.035, 0.036], [0.06, 0.06, 0.002], [0, 0.06]]), matte('#351a0d', 0.15))
  const collar = part(grainAlong(turned([[0.024, 0.1], [0.037, 0.098, 0.004], [0.031, 0.124, 0.006], [0.037, 0.15, 0.004], [0.028, 0.15]]), 'y'), wood('walnut'))
  const tie = part(ring(0.0325, 0.0028), rubber('#8a4a28'), { at: [0, 0.124, 0], turn: [Math.PI / 2, 0, 0] })
  const paper = part(turned([[0.006, 0.142], [0.03, 0.172], [0.0605, 0.225], [0.0615, 0.225], [0.034, 0.17]]), matte('#f4ead6', 0.95))
  return group([coffee, paper, collar, tie, part(ball(0.0065), wood('oak'), { at: [0, 0.12, 0.037] }), pot])
}

export function cuttingBoard() {
  const outline = [[-0.15, -0.2, 0.03], [0.15, -0.2, 0.03], [0.15, 0.1, 0.06], [0.038, 0.16, 0.05], [0.034, 0.27, 0.034], [-0.034, 0.27, 0.034], [-0.038, 0.16, 0.05], [-0.15, 0.1, 0.06]]
  const hole = [[-0.012, 0.225, 0.012], [0.012, 0.225, 0.012], [0.012, 0.249, 0.012], [-0.012, 0.249, 0.012]]
  const board = part(grainAlong(slab(outline, 0.024, { bevel: 0.005, holes: [hole] }), 'y', 0.45), wood('walnut'), { at: [0, 0.2, 0], turn: [-0.24, 0, 0] })
  return group([board, part(wire([[0, 0.42, -0.06], [-0.02, 0.39, -0.03], [-0.01, 0.33, -0.018], [0.012, 0.36, -0.02], [0.004, 0.415, -0.045]], 0.0025), matte('#b58a55', 0.9))])
}

export function fryingPan() {
  return group([
    part(turned([[0, 0.004], [0.1, 0.004, 0.01], [0.13, 0.05, 0.004], [0.1255, 0.052, 0.003], [0.097, 0.011, 0.01], [0, 0.01]]), iron()),
    part(bar([0.11, 0.036, 0], [0.2, 0.058, 0], 0.008, 0.0075), iron()),
    part(grainAlong(bar([0.19, 0.0555, 0], [0.335, 0.084, 0], 0.011, 0.015), 'x'), wood('oak')),
    part(bar([0.186, 0.0545, 0], [0.196, 0.057, 0], 0.0125), brass()), part(ring(0.0085, 0.002), brass(), { at: [0.343, 0.086, 0], turn: [Math.PI / 2, 0, 0] }),
  ])
}

export function casserole() {
  const skin = enamel('#c8552f')
  const ear = (side) => part(wire([[0.122 * side, 0.09, -0.035], [0.155 * side, 0.096, -0.03], [0.165 * side, 0.097, 0], [0.155 * side, 0.096, 0.03], [0.122 * side, 0.09, 0.035]], 0.0075), skin)
  return group([
    part(turned([[0, 0], [0.11, 0, 0.012], [0.128, 0.06, 0.04], [0.127, 0.112, 0.004], [0.11, 0.112]]), skin), ear(1), ear(-1),
    part(turned([[0, 0.113], [0.129, 0.113, 0.003], [0.13, 0.12, 0.004], [0.1, 0.137, 0.03], [0.04, 0.148, 0.03], [0, 0.149]]), skin),
    part(turned([[0, 0.147], [0.012, 0.147, 0.003], [0.009, 0.158, 0.004], [0.021, 0.168, 0.006], [0.018, 0.178, 0.006], [0, 0.18]]), brass(0.28)),
  ])
}

export function pepperMills() {
  const mill = (kind, x, z) => group([
    part(grainAlong(turned([[0, 0], [0.027, 0, 0.003], [0.028, 0.012, 0.004], [0.021, 0.05, 0.03], [0.024, 0.1, 0.02], [0.027, 0.118, 0.003], [0, 0.118]]), 'y'), wood(kind)),
    part(grainAlong(turned([[0, 0.122], [0.026, 0.122, 0.003], [0.03, 0.145, 0.014], [0.022, 0.172, 0.014], [0.008, 0.18, 0.004], [0, 0.18]]), 'y'), wood(kind)),
    part(bar([0, 0.117, 0], [0, 0.123, 0], 0.0255), brass()), part(ball(0.0085), brass(), { at: [0, 0.185, 0] }),
  ], { at: [x, 0, z] })
  return group([mill('ebonised', -0.036, 0), mill('ash', 0.036, 0.028)])
}

export function fruitBowl() {
  const fruit = (x, y, z, r, colour, turn) => group([
    part(ball(r, 40), matte(colour, 0.42), { scale: [1, 0.92, 1] }), part(disc(0.004, 0.002), matte('#5c6a35'), { at: [0, r * 0.905, 0] }),
  ], { at: [x, y, z], turn })
  const pear = group([
    part(turned([[0, 0], [0.02, 0.002, 0.012], [0.037, 0.032, 0.03], [0.021, 0.075, 0.026], [0.016, 0.095, 0.012], [0, 0.1]]), matte('#a9a04a', 0.45)),
    part(wire([[0, 0.095, 0], [0.002, 0.11, 0], [0.008, 0.12, 0]], 0.0018), matte('#4b3520')),
    part(leaf(0.05, 0.02), leafy(), { at: [0.004, 0.108, 0], turn: [0, 0.4, -0.5] }),
  ], { at: [0.012, 0.052, -0.035], turn: [0.15, 0, -0.3] })
  return group([
    part(vessel([[0.05, 0, 0.004], [0.052, 0.018, 0.008], [0.115, 0.045, 0.05], [0.145, 0.088]], 0.005), stoneware('#efe5d2', '#8b6a4a')),
    fruit(-0.055, 0.072, 0.02, 0.039, '#d9822f', [0.2, 0, 0.3]), fruit(0.03, 0.07, 0.055, 0.036, '#dd9436', [0.5, 0, -0.3]),
    fruit(-0.035, 0.07, -0.06, 0.038, '#cf6f28', [-0.3, 0, 0.4]), fruit(0.08, 0.075, -0.005, 0.037, '#e0a13c', [0.1, 0, -0.6]), pear,
  ])
}


/** One leaf along x, bent a little at its middle rib. */
export function leaf(length, width) {
  const geometry = slab([[0, 0, 0], [length * 0.3, width / 2, width / 2], [length * 0.75, width * 0.36, width / 2], [length, 0, 0], [length * 0.75, -width * 0.36, width / 2], [length * 0.3, -width / 2, width / 2]], 0.001, { bevel: 0.0002 })
  const position = geometry.attributes.position
  for (let i = 0; i < position.count; i++) {
    const [x, y] = [position.getX(i), position.getY(i)]
    position.setZ(i, position.getZ(i) + Math.abs(y) * 0.45 - (x / length) ** 2 * length * 0.25)
  }
  geometry.rotateX(-Math.PI / 2)
  geometry.computeVertexNormals()
  return geometry
}

export function carafe() {
  const amber = smoked('#8a4518', 0.42)
  const tumbler = (x, z) => part(vessel([[0.03, 0, 0.005], [0.034, 0.05, 0.01], [0.0345, 0.088]], 0.0025), amber, { at: [x, 0, z] })
  return group([
    part(vessel([[0.048, 0, 0.008], [0.054, 0.09, 0.05], [0.022, 0.18, 0.04], [0.02, 0.215, 0.02], [0.03, 0.25]], 0.0028), amber),
    part(turned([[0, 0.235], [0.0175, 0.235, 0.003], [0.022, 0.252, 0.004], [0.02, 0.272, 0.006], [0, 0.275]]), wood('oak')),
    tumbler(0.1, 0.045), tumbler(-0.085, 0.06),
  ].map((mesh) => Object.assign(mesh, { castShadow: true })))
}

export function waterBottle() {
  const skin = matte('#41604f', 0.5)
  return group([
    part(turned([[0, 0], [0.034, 0, 0.005], [0.036, 0.01, 0.006], [0.036, 0.165, 0.03], [0.022, 0.2, 0.01], [0, 0.2]]), skin),
    part(bar([0, 0.198, 0], [0, 0.206, 0], 0.021), steel(0.25)),
    part(turned([[0, 0.206], [0.024, 0.206, 0.003], [0.024, 0.236, 0.005], [0, 0.238]]), wood('oak')),
    part(wire([[-0.02, 0.225, 0], [-0.034, 0.25, 0], [0, 0.276, 0], [0.034, 0.25, 0], [0.02, 0.225, 0]], 0.0035), rubber('#9a5a31')),
    part(bar([0, 0.012, 0], [0, 0.03, 0], 0.0363), brass(0.4)),
    part(box(0.012, 0.028, 0.002, 0.0008), brass(), { at: [0, 0.115, 0.0355] }),
  ])
}
