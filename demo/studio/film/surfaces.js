import { Color, Group, Mesh, MeshBasicMaterial, MeshLambertMaterial, PlaneGeometry, Vector3 } from 'three'
import { part, plain } from '../make/shapes.js'
import { painted } from '../make/textures.js'

const flat = (options) => new MeshLambertMaterial(options)

/** A painted wall standing along x, its face towards +z, with a skirting board when it meets a floor. */
export function wall(width, height, colour, { at = [0, 0, 0], skirting = false } = {}) {
  const all = new Group()
  all.add(part(new PlaneGeometry(width, height), flat({ color: colour }), { at: [0, height / 2, 0] }))
  if (skirting) all.add(part(plain(width, 0.11, 0.018), flat({ color: new Color(colour).lerp(new Color('#fff6e6'), 0.5) }), { at: [0, 0.055, 0.009] }))
  all.position.set(...at)
  return all
}

/** Oiled boards in a herringbone would shimmer at this distance; long boards stay calm. */
export function boards(width, depth, { at = [0, 0, 0], tones = ['#b98a58', '#c2945f', '#b08150', '#c99c68'] } = {}) {
  const map = painted(`boards ${tones[0]}`, 1024, 1024, (ink, w, h, random) => {
    const rows = 10
    for (let row = 0; row < rows; row++) {
      for (let x = -random() * 500; x < w; x += 420) {
        ink.fillStyle = tones[Math.floor(random() * tones.length)]
        ink.fillRect(x, (row * h) / rows, 418, h / rows - 2)
      }
      ink.strokeStyle = '#5d3a1c'
      for (let i = 0; i < 34; i++) {
        ink.globalAlpha = 0.05 + random() * 0.09
        ink.beginPath()
        const y = ((row + random()) * h) / rows
        for (let x = 0; x <= w; x += 64) ink.lineTo(x, y + Math.sin((x / w) * 6.283 + row) * 2)
        ink.stroke()
      }
      ink.globalAlpha = 1
      ink.fillStyle = '#6d4a2b'
      ink.fillRect(0, ((row + 1) * h) / rows - 2, w, 2)
    }
  }).clone()
  map.repeat.set(width / 2, depth / 1.4)
  map.anisotropy = 8
  return part(new PlaneGeometry(width, depth), flat({ map }), { at, turn: [-Math.PI / 2, 0, 0] })
}

/** Handmade square tiles, no two of the same shade. */
export function tiles(width, height, colour, { at = [0, 0, 0], size = 0.11 } = {}) {
  const map = painted(`tiles ${colour}`, 1024, 1024, (ink, w, h, random) => {
    const grout = new Color(colour).lerp(new Color('#f4ead8'), 0.6)
    ink.fillStyle = `#${grout.getHexString()}`
    ink.fillRect(0, 0, w, h)
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) {
        const shade = new Color(colour).offsetHSL((random() - 0.5) * 0.015, (random() - 0.5) * 0.04, (random() - 0.5) * 0.055)
        ink.fillStyle = `#${shade.getHexString()}`
        ink.beginPath()
        ink.roundRect(x * 128 + 4, y * 128 + 4, 120, 120, 5)
        ink.fill()
      }
    }
  }).clone()
  map.repeat.set(width / (size * 8), height / (size * 8))
  map.anisotropy = 8
  return part(new PlaneGeometry(width, height), flat({ map }), { at: [at[0], at[1] + height / 2, at[2]] })
}

/** A window that is never seen: it only stands in the sun's way and leaves its bars on the wall. */
export function windowInSun(from, middle, { distance = 3, wide = 1.5, high = 1.7, bars = [1, 2], leaves = 0 } = {}) {
  const dark = new MeshBasicMaterial({ colorWrite: false, depthWrite: false })
  const frame = new Group()
  frame.userData.unseen = true
  const block = (width, height, x, y) => frame.add(part(plain(width, height, 0.03), dark, { at: [x, y, 0] }))
  block(6, 6, -wide / 2 - 3, 0)
  block(6, 6, wide / 2 + 3, 0)
  block(wide, 6, 0, high / 2 + 3)
  block(wide, 6, 0, -high / 2 - 3)
  for (let i = 1; i <= bars[0]; i++) block(0.055, high, wide * (i / (bars[0] + 1) - 0.5), 0)
  for (let i = 1; i <= bars[1]; i++) block(wide, 0.055, 0, high * (i / (bars[1] + 1) - 0.5))
  for (let i = 0; i < leaves; i++) {
    const leaf = new Mesh(plain(0.05, 0.2, 0.01), dark)
    const angle = i * 2.4
    leaf.position.set(wide * 0.28 + Math.cos(angle) * 0.035 * Math.sqrt(i) * 2.2, -high * 0.1 + Math.sin(angle) * 0.05 * Math.sqrt(i) * 2.4, 0.2)
    leaf.rotation.z = angle + 0.6
    leaf.castShadow = true
    frame.add(leaf)
  }
  const direction = new Vector3(...from).normalize()
  frame.position.copy(direction).multiplyScalar(distance).add(new Vector3(...middle))
  frame.lookAt(new Vector3(...middle))
  return frame
}

/** The soft shadow on a wall that goes with something swinging in front of it; its hook is 0.3 above its middle. */
export function shade(width, height) {
  const map = painted('shade', 128, 128, (ink, w) => {
    const fade = ink.createRadialGradient(w / 2, w / 2, w * 0.1, w / 2, w / 2, w / 2)
    for (const [stop, dark] of [[0, 0.5], [0.45, 0.36], [0.8, 0.1], [1, 0]]) fade.addColorStop(stop, `rgba(30,34,44,${dark})`)
    ink.fillStyle = fade
    ink.fillRect(0, 0, w, w)
  }, { repeat: false })
  return new Mesh(new PlaneGeometry(width, height), new MeshBasicMaterial({ map, transparent: true, depthWrite: false, toneMapped: false }))
}
