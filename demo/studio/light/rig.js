import { BackSide, Color, DirectionalLight, Group, HemisphereLight, Mesh, MeshBasicMaterial, PMREMGenerator, PlaneGeometry, Scene, SphereGeometry, Vector3 } from 'three'
import { halton } from '../make/chance.js'

const made = new WeakMap()

/** A daylight studio: a big window to the left, a strip to the right, a pale ceiling and a dim floor, for mirrors and gloss. */
export function surroundings(renderer) {
  if (made.has(renderer)) return made.get(renderer)
  const room = new Scene()
  room.add(new Mesh(new SphereGeometry(10, 32, 16), new MeshBasicMaterial({ color: new Color('#b9ab99').multiplyScalar(0.55), side: BackSide })))
  const softbox = (width, height, strength, tint, at) => {
    const mesh = new Mesh(new PlaneGeometry(width, height), new MeshBasicMaterial({ color: new Color(tint).multiplyScalar(strength), side: 2 }))
    mesh.position.set(...at)
    mesh.lookAt(0, 0, 0)
    room.add(mesh)
  }
  softbox(5, 6, 7, '#fff3e2', [-7, 4, 2.5])
  softbox(1.4, 6, 3.2, '#eaf1ff', [7, 2, 2])
  softbox(6, 4, 2, '#fff8ee', [0, 8, 1])
  softbox(14, 14, 0.5, '#a08a72', [0, -5, 0])
  softbox(3, 1.5, 1.6, '#fff2e0', [2, 3, 8])
  softbox(2.2, 3.4, 1.5, '#fff4e4', [-3.4, 1.4, 7.5])
  const generator = new PMREMGenerator(renderer)
  const texture = generator.fromScene(room, 0.02).texture
  generator.dispose()
  made.set(renderer, texture)
  return texture
}

function shadowing(light, reach, size, blur) {
  light.castShadow = true
  light.shadow.mapSize.set(size, size)
  Object.assign(light.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: reach * 0.2, far: reach * 8 })
  light.shadow.bias = -0.0003
  light.shadow.normalBias = reach * 0.002
  light.shadow.radius = blur
}

/**
 * One window and a whole sky out of two lamps: between the samples of an exposure the first wanders over the window's
 * area and the second over the sky, so that their sum has soft edges, contact shadows and dark corners.
 */
export function createRig({ centre = [0, 0, 0], reach = 2, from = [-2.2, 3, 2], size = 0.8, key = 3, sky = 1.5, fill = 0.4, warm = '#fff0dc', cool = '#e8eeff', bounce = '#c8a888', map = 1024, blur = 2.5, skyFrom = [0, 1, 0.35] } = {}) {
  const middle = new Vector3(...centre)
  const toKey = new Vector3(...from).normalize()
  const lean = new Vector3(...skyFrom).normalize()
  const window1 = new DirectionalLight(warm, key)
  const sky1 = new DirectionalLight(cool, sky)
  shadowing(window1, reach, map, blur)
  shadowing(sky1, reach, map / 2, blur * 2.2)
  for (const light of [window1, sky1]) light.target.position.copy(middle)
  const lamps = new Group().add(window1, sky1, window1.target, sky1.target, new HemisphereLight(cool, bounce, fill))
  const side = new Vector3(0, 1, 0).cross(toKey).normalize()
  const rise = toKey.clone().cross(side)
  return {
    lamps,
    key: window1,
    wander(i, samples) {
      const angle = i * 2.399963
      const out = Math.sqrt((i + 0.5) / samples) * size
      window1.position.copy(toKey).addScaledVector(side, Math.cos(angle) * out * 0.5).addScaledVector(rise, Math.sin(angle) * out * 0.5)
        .normalize().multiplyScalar(reach * 4).add(middle)
      // A cosine-weighted dome leaning towards the viewer, where the room is open.
      const [u, turn] = [halton(i, 3), ((i + 0.5) / samples) * Math.PI * 2 * 5 + halton(i, 2) * 1.2]
      const wide = Math.sqrt(u * 0.92)
      sky1.position.set(Math.cos(turn) * wide, Math.sqrt(1 - wide * wide) + 0.12, Math.sin(turn) * wide)
        .addScaledVector(lean, 0.35).normalize().multiplyScalar(reach * 4).add(middle)
    },
  }
}
