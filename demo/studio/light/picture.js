import { Box3, BufferGeometry, Color, Float32BufferAttribute, Mesh, MeshLambertMaterial, PerspectiveCamera, Scene, Vector3 } from 'three'
import { box, disc, part, soften } from '../make/shapes.js'
import { plaster } from '../make/materials.js'
import { createRig, surroundings } from './rig.js'

/** A paper roll: floor, a long curve, and a wall, all of one colour. */
export function backdrop(colour, { wallAt, wide = 14, bend = 1.6 }) {
  const profile = soften([[8, 0], [wallAt, 0, bend], [wallAt, 9]], { steps: 40 })
  const points = profile.flatMap((p) => [-wide, p.y, p.x, wide, p.y, p.x])
  const index = profile.slice(1).flatMap((_, i) => [i * 2, i * 2 + 1, i * 2 + 2, i * 2 + 1, i * 2 + 3, i * 2 + 2])
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new Float32BufferAttribute(points, 3))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  const mesh = new Mesh(geometry, new MeshLambertMaterial({ color: colour }))
  mesh.receiveShadow = true
  return mesh
}

/** Something plain to stand on, in a tint of the backdrop, so that small things get a presence. */
function stand(kind, size, colour, turn) {
  const tint = '#' + new Color(colour).lerp(new Color('#f6eee0'), 0.45).getHexString()
  if (kind === 'plinth') return part(disc(Math.max(size.x, size.z) * 0.72, 0.34, 0.02), plaster(tint), { at: [0, -0.34, 0] })
  return part(box(size.x * 1.3 + 0.34, 0.12, size.z * 1.15 + 0.42, 0.02), plaster(tint), { at: [0, -0.06, 0], turn: [0, turn, 0] })
}

/** Builds the stage for one product, scaled so that every product is about one metre across. */
export function stage(product, renderer) {
  const scene = new Scene()
  const thing = product.make()
  const raw = new Box3().setFromObject(thing)
  const focus = product.crop ? new Vector3(raw.max.x * 2, product.crop[2], raw.max.x * 2) : raw.getSize(new Vector3())
  const scale = 1 / Math.max(focus.x, focus.y, focus.z)
  thing.scale.multiplyScalar(scale)
  thing.updateMatrixWorld(true)
  const bounds = new Box3().setFromObject(thing)
  const size = bounds.getSize(new Vector3())
  const middle = bounds.getCenter(new Vector3())
  if (product.crop) middle.y = product.crop[1] * scale
  const onWall = product.stand === 'wall'
  thing.position.x -= middle.x
  if (!onWall) thing.position.z -= middle.z
  thing.updateMatrixWorld(true)
  middle.x = 0
  middle.z = onWall ? 0.02 : 0
  const lift = product.stand === 'slab' ? 0.12 : product.stand === 'plinth' ? 0.34 : 0
  scene.add(thing)

  const paper = backdrop(product.ground, onWall ? { wallAt: -0.001, bend: 0.001 } : { wallAt: -2.2 })
  paper.position.y = product.stand === 'hung' ? -2.4 : onWall ? -3 : -lift
  scene.add(paper)
  // Sunk by a hair: a shadow cannot get between two faces that merely touch.
  thing.position.y -= 0.006
  if (lift) scene.add(stand(product.stand, size, product.ground, product.turn ?? 0.3))

  scene.environment = surroundings(renderer)
  scene.environmentIntensity = 1.15
  const night = product.night ?? 1
  const rig = createRig({
    centre: [0, middle.y * 0.8, -0.2], reach: 2.3, from: onWall ? [-1.9, 2.1, 2.6] : [-2.4, 2.9, 1.9], size: 0.26,
    key: 3.7 * night, sky: 1.35 * night, fill: 0.38 * night, bounce: product.ground, map: 1024, blur: 2,
  })
  scene.add(rig.lamps)

  const camera = new PerspectiveCamera(20, 1, 0.1, 60)
  const { turn = 0.3, tilt = 0.2, fill = 0.72 } = product
  const direction = new Vector3(Math.sin(turn) * Math.cos(tilt), Math.sin(tilt), Math.cos(turn) * Math.cos(tilt))
  const aim = middle.clone()
  for (let pass = 0; pass < 6; pass++) {
    const distance = camera.userData.distance ?? 4
    camera.position.copy(aim).addScaledVector(direction, distance)
    camera.lookAt(aim)
    camera.updateMatrixWorld()
    const seen = outline(thing, camera, product.crop ? 1.2 : 99)
    const reach = Math.max(seen.max.x - seen.min.x, seen.max.y - seen.min.y) / 2
    camera.userData.distance = distance * (reach / fill)
    const right = new Vector3().setFromMatrixColumn(camera.matrixWorld, 0)
    const up = new Vector3().setFromMatrixColumn(camera.matrixWorld, 1)
    const half = Math.tan((camera.fov * Math.PI) / 360) * distance
    if (!product.crop) aim.addScaledVector(right, ((seen.max.x + seen.min.x) / 2) * half).addScaledVector(up, ((seen.max.y + seen.min.y) / 2 - (lift ? -0.03 : 0.02)) * half)
  }
  return { scene, camera, rig }
}

function outline(thing, camera, ceiling) {
  const seen = new Box3()
  const point = new Vector3()
  thing.traverse((mesh) => {
    if (!mesh.isMesh) return
    const { position } = mesh.geometry.attributes
    for (let i = 0; i < position.count; i += 3) {
      point.fromBufferAttribute(position, i).applyMatrix4(mesh.matrixWorld)
      if (point.y < ceiling) seen.expandByPoint(point.project(camera))
    }
  })
  return seen
}

