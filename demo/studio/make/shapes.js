import {
  BoxGeometry, BufferGeometry, CatmullRomCurve3, CylinderGeometry, ExtrudeGeometry, Float32BufferAttribute, Group, LatheGeometry,
  Mesh, Quaternion, Shape, SphereGeometry, TorusGeometry, TubeGeometry, Vector2, Vector3,
} from 'three'
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js'

const UP = new Vector3(0, 1, 0)

export const vec = (point) => new Vector3(...point)

/** A mesh that casts and receives shadows, placed in one breath. */
export function part(geometry, material, { at = [0, 0, 0], turn = [0, 0, 0], scale = 1 } = {}) {
  const mesh = new Mesh(geometry, material)
  mesh.position.set(...at)
  mesh.rotation.set(...turn)
  if (Array.isArray(scale)) mesh.scale.set(...scale)
  else mesh.scale.setScalar(scale)
  mesh.castShadow = !material.transparent
  mesh.receiveShadow = true
  return mesh
}

export function group(parts, { at = [0, 0, 0], turn = [0, 0, 0], scale = 1 } = {}) {
  const all = new Group()
  all.add(...parts.flat(Infinity))
  all.position.set(...at)
  all.rotation.set(...turn)
  all.scale.setScalar(scale)
  return all
}

/** Corners given as [x, y, radius] become short curves: nothing made by hand has a razor edge. */
export function soften(corners, { closed = false, steps = 5 } = {}) {
  const out = []
  corners.forEach((corner, index) => {
    const here = new Vector2(corner[0], corner[1])
    const radius = corner[2] ?? 0
    const before = corners[index - 1] ?? (closed ? corners.at(-1) : undefined)
    const after = corners[index + 1] ?? (closed ? corners[0] : undefined)
    if (!radius || !before || !after) return out.push(here)
    const back = new Vector2(before[0], before[1]).sub(here)
    const ahead = new Vector2(after[0], after[1]).sub(here)
    const from = here.clone().addScaledVector(back.clone().normalize(), Math.min(radius, back.length() / 2))
    const to = here.clone().addScaledVector(ahead.clone().normalize(), Math.min(radius, ahead.length() / 2))
    for (let i = 0; i <= steps; i++) {
      const t = i / steps
      out.push(new Vector2(
        (1 - t) ** 2 * from.x + 2 * t * (1 - t) * here.x + t * t * to.x,
        (1 - t) ** 2 * from.y + 2 * t * (1 - t) * here.y + t * t * to.y,
      ))
    }
  })
  return out
}

/** A body turned on a wheel, from its [radius, height, rounding] profile. */
export const turned = (profile, segments = 72) => new LatheGeometry(soften(profile), segments)

export const box = (width, height, depth, radius = 0.004) =>
  new RoundedBoxGeometry(width, height, depth, 4, Math.min(radius, width / 2.01, height / 2.01, depth / 2.01))

export const plain = (width, height, depth) => new BoxGeometry(width, height, depth)

export const ball = (radius, segments = 48) => new SphereGeometry(radius, segments, Math.ceil(segments * 0.66))

export const ring = (radius, thickness, arc = Math.PI * 2) => new TorusGeometry(radius, thickness, 20, 72, arc)

export const disc = (radius, height, bevel = 0.003) =>
  turned([[0, 0], [radius, 0, bevel], [radius, height, bevel], [0, height]])

/** A bent wire or hose through the given points. */
export const wire = (points, radius, segments = 64) =>
  new TubeGeometry(new CatmullRomCurve3(points.map(vec), false, 'catmullrom', 0.5), segments, radius, 14, false)

/** A straight bar between two points, tapering from one radius to the other. */
export function bar(from, to, radius, end = radius) {
  const [a, b] = [vec(from), vec(to)]
  const along = b.clone().sub(a)
  const geometry = new CylinderGeometry(end, radius, along.length(), 28, 1)
  geometry.applyQuaternion(new Quaternion().setFromUnitVectors(UP, along.clone().normalize()))
  geometry.translate(...a.add(b).multiplyScalar(0.5).toArray())
  return geometry
}

/** A flat outline given as rounded corners, pulled out to a thickness with bevelled edges, lying in x-y. */
export function slab(corners, thickness, { bevel = 0.003, holes = [] } = {}) {
  const shape = new Shape(soften(corners, { closed: true, steps: 10 }))
  shape.holes = holes.map((hole) => new Shape(soften(hole, { closed: true, steps: 10 })))
  const geometry = new ExtrudeGeometry(shape, {
    depth: Math.max(thickness - 2 * bevel, 0.0005), bevelThickness: bevel, bevelSize: bevel, bevelOffset: -bevel, bevelSegments: 3, curveSegments: 32,
  })
  return geometry.translate(0, 0, -thickness / 2 + bevel)
}

export const rectangle = (width, height, radius) => [
  [-width / 2, -height / 2, radius], [width / 2, -height / 2, radius], [width / 2, height / 2, radius], [-width / 2, height / 2, radius],
]

/** A filled cushion: full in the middle, thin and slightly drawn in along its seams. */
export function cushion(width, height, depth, { fold = 0.5, corner = 0.06 } = {}) {
  const steps = 44
  const points = []
  const uvs = []
  const index = []
  for (const side of [1, -1]) {
    const base = points.length / 3
    for (let j = 0; j <= steps; j++) {
      for (let i = 0; i <= steps; i++) {
        const u = (i / steps) * 2 - 1
        const v = (j / steps) * 2 - 1
        const full = ((1 - u ** 4) * (1 - v ** 4)) ** fold
        const drawX = 1 - corner * (1 - v * v)
        const drawY = 1 - corner * (1 - u * u)
        points.push((u * drawX * width) / 2, (v * drawY * height) / 2, (side * full * depth) / 2)
        uvs.push(i / steps, j / steps)
      }
    }
    for (let j = 0; j < steps; j++) {
      for (let i = 0; i < steps; i++) {
        const a = base + j * (steps + 1) + i
        const [b, c, d] = [a + 1, a + steps + 1, a + steps + 2]
        index.push(...(side > 0 ? [a, b, d, a, d, c] : [a, d, b, a, c, d]))
      }
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new Float32BufferAttribute(points, 3))
  geometry.setAttribute('uv', new Float32BufferAttribute(uvs, 2))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  return geometry
}

/** Texture coordinates in metres from the side a face looks to, so grain has one size on every part. */
export function grainAlong(geometry, axis = 'x', size = 0.5) {
  const flat = geometry.index ? geometry.toNonIndexed() : geometry
  const position = flat.attributes.position
  const normal = flat.attributes.normal
  const uv = new Float32Array(position.count * 2)
  const axes = { x: [0, 1, 2], y: [1, 0, 2], z: [2, 0, 1] }[axis]
  const get = (attribute, i, k) => attribute.array[i * 3 + k]
  for (let i = 0; i < position.count; i++) {
    const first = i - (i % 3)
    const face = [0, 1, 2].map((k) => Math.abs(get(normal, first, k) + get(normal, first + 1, k) + get(normal, first + 2, k)))
    const across = face[axes[1]] > face[axes[2]] ? axes[2] : axes[1]
    const end = face[axes[0]] > Math.max(face[axes[1]], face[axes[2]])
    uv[i * 2] = get(position, i, end ? axes[1] : axes[0]) / size * (end ? 0.15 : 1)
    uv[i * 2 + 1] = get(position, i, end ? axes[2] : across) / size
  }
  flat.setAttribute('uv', new Float32BufferAttribute(uv, 2))
  return flat
}
