import { Color, DoubleSide, MeshPhysicalMaterial, MeshStandardMaterial } from 'three'
import { boucle, glowMap, speckle, tooth, weave, woodGrain } from './textures.js'

/** The colours of the house. Everything that is made or painted here is one of these. */
export const house = {
  bone: '#efe6d6', plaster: '#e3d7c4', oat: '#d6c3a5', sand: '#c9ab82', clay: '#bd5f3c', rust: '#96412a', blush: '#dba88c', ochre: '#d39a36',
  butter: '#ecd08a', sage: '#93a283', olive: '#6d7445', forest: '#2f4a3d', sea: '#5f8a8b', dusk: '#7d93a8', navy: '#2a3a52', plum: '#5d3443',
  ink: '#24252a', charcoal: '#3a3a3c', stone: '#a59c90', leather: '#9a5a31', leaf: '#4c6b3c',
}

const kept = new Map()
const once = (name, make) => kept.get(name) ?? kept.set(name, make()).get(name)

function tiled(texture, times) {
  if (times === 1) return texture
  const copy = texture.clone()
  copy.repeat.set(times, times)
  return copy
}

const standard = (name, options) => once(name, () => new MeshStandardMaterial(options))
const physical = (name, options) => once(name, () => new MeshPhysicalMaterial(options))

export const matte = (colour, roughness = 0.75) => standard(`matte ${colour} ${roughness}`, { color: colour, roughness })

/** Fired and glazed: a soft body under a thin gloss. */
export const glaze = (colour, roughness = 0.32) => physical(`glaze ${colour} ${roughness}`, { color: colour, roughness: 0.6, clearcoat: 0.55, clearcoatRoughness: roughness })

export const stoneware = (colour, fleck) => standard(`stoneware ${colour} ${fleck}`, { map: speckle(colour, fleck), roughness: 0.55, bumpMap: tiled(tooth(), 3), bumpScale: 0.25 })

export const enamel = (colour) => physical(`enamel ${colour}`, { color: colour, roughness: 0.42, clearcoat: 0.8, clearcoatRoughness: 0.16 })

export const lacquer = (colour, roughness = 0.42) => standard(`lacquer ${colour} ${roughness}`, { color: colour, roughness })

export const plaster = (colour) => standard(`plaster ${colour}`, { color: colour, roughness: 0.95, bumpMap: tiled(tooth(), 4), bumpScale: 0.6 })

const timber = { oak: ['#c79a66', '#7a4f28', 1], ash: ['#dcbf95', '#9a7347', 0.8], walnut: ['#7a5033', '#341d0f', 1.1], cherry: ['#a8663d', '#5c2d16', 0.9], ebonised: ['#2c2522', '#120d0b', 0.8] }

export function wood(kind = 'oak') {
  const [base, dark, strength] = timber[kind]
  return standard(`wood ${kind}`, { map: woodGrain(kind, base, dark, strength), roughness: 0.58, bumpMap: woodGrain('height', '#999', '#111', 1), bumpScale: 0.35 })
}

const metal = (name, colour, roughness) => standard(`metal ${name} ${roughness}`, { color: colour, roughness, metalness: 1 })
export const brass = (roughness = 0.3) => metal('brass', '#c79a4b', roughness)
export const copper = (roughness = 0.3) => metal('copper', '#c9774f', roughness)
export const steel = (roughness = 0.3) => metal('steel', '#c4c2be', roughness)
export const gunmetal = (roughness = 0.42) => metal('gunmetal', '#55534f', roughness)

export const iron = (colour = '#26252a') => standard(`iron ${colour}`, { color: colour, roughness: 0.62, metalness: 0.25, bumpMap: tiled(tooth(), 3), bumpScale: 0.6 })

export const cloth = (colour, times = 6, bump = 1.2) =>
  standard(`cloth ${colour} ${times}`, { color: colour, roughness: 0.95, bumpMap: tiled(weave(), times), bumpScale: bump })

export const wool = (colour, times = 6, bump = 1.6) =>
  standard(`wool ${colour} ${times} ${bump}`, { color: colour, roughness: 1, bumpMap: tiled(boucle(), times), bumpScale: bump })

export const hide = (colour = house.leather) =>
  standard(`hide ${colour}`, { color: colour, roughness: 0.55, bumpMap: tiled(tooth(), 2), bumpScale: 0.7 })

export const printed = (texture, roughness = 0.8) => once(`print ${texture.uuid}`, () => new MeshStandardMaterial({ map: texture, roughness }))

export const rubber = (colour = house.ink) => matte(colour, 0.85)

export const smoked = (colour, opacity) => physical(`smoked ${colour} ${opacity}`, { color: colour, roughness: 0.06, transparent: true, opacity, side: DoubleSide, depthWrite: false, envMapIntensity: 3 })

/** Thin clear glass: mostly what it mirrors, so the mirroring is raised by as much as the opacity takes away. */
export const glass = (colour = '#f4f7f4', opacity = 0.16) => physical(`glass ${colour} ${opacity}`, {
  color: new Color(colour).multiplyScalar(0.25), roughness: 0.06, transparent: true, opacity, side: DoubleSide, depthWrite: false, envMapIntensity: 7,
})

export const leafy = (colour = house.leaf) => standard(`leaf ${colour}`, { color: colour, roughness: 0.5, side: DoubleSide })

/** Milk glass around a bulb: bright where it is low and near, dim at the top. */
export const milkGlass = (colour, strength) => standard(`milk ${colour}`, { color: '#fff1dc', emissive: new Color(colour), emissiveIntensity: strength, emissiveMap: glowMap(), roughness: 0.35 })

export const glowing = (colour, strength) => standard(`glow ${colour} ${strength}`, { color: '#fff4e2', emissive: new Color(colour), emissiveIntensity: strength, roughness: 0.7 })
