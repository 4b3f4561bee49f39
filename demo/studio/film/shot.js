import { PerspectiveCamera, Scene, Vector3 } from 'three'
import { products } from '../models/index.js'
import { createRig, surroundings } from '../light/rig.js'

/** An empty set with its light; `place` puts a product of the catalogue on it and remembers it for the cues. */
export function createShot(renderer, { fov = 26, environment = 0.8, ...light }) {
  const scene = new Scene()
  scene.environment = surroundings(renderer)
  scene.environmentIntensity = environment
  const rig = createRig({ map: 1024, blur: 2, size: 0.07, ...light })
  scene.add(rig.lamps)
  const camera = new PerspectiveCamera(fov, 16 / 9, 0.05, 40)
  const items = {}
  return {
    scene, camera, rig, items,
    /** `layer` 1 for what may hide behind a thing of layer 0, 2 and 4 for what moves, any other for what stands in front of those. */
    place(slug, at, turn = 0, { layer = 0, ...options } = {}) {
      const thing = products[slug].make(options)
      thing.userData.layer = layer
      thing.position.set(...at)
      thing.rotation.y = turn
      scene.add(thing)
      items[slug] ??= thing
      return thing
    },
    look(from, to) {
      camera.position.set(...from)
      camera.lookAt(new Vector3(...to))
    },
  }
}
