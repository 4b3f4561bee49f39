import { box, grainAlong, part } from '../../make/shapes.js'
import { cloth, wood } from '../../make/materials.js'
import { ease, mix } from '../ease.js'
import { swing } from '../swing.js'
import { createShot } from '../shot.js'
import { wall, windowInSun } from '../surfaces.js'

/** The breakfast table: the lamp still sways, and a mug is on its way past the teapot. */
export function breakfast(renderer) {
  const sun = [-2.6, 2.2, 2.2]
  const shot = createShot(renderer, { fov: 25, centre: [0, 0.2, 0], reach: 1.5, from: sun, key: 3.7, sky: 1.35, fill: 0.9, bounce: '#d8c08e' })
  const { scene, place, look } = shot
  scene.add(wall(7, 3, '#dcbf86', { at: [0, -1, -0.75] }), part(grainAlong(box(3.6, 0.04, 1.0, 0.008), 'x', 0.7), wood('cherry'), { at: [0, -0.02, 0] }),
    part(box(0.62, 0.003, 1.004, 0.0012), cloth('#efe3cd', 12, 1), { at: [0.02, 0.001, 0] }),
    windowInSun(sun, [0.1, 0.3, -0.4], { distance: 2.1, wide: 1.6, high: 1.3, bars: [1, 1], leaves: 0 }))
  const lamp = place('pendant-lamp', [0.02, 0.42, -0.24], 0.2, { layer: 4 })
  // Its thin shell would only throw shadows on itself.
  lamp.traverse((mesh) => { mesh.castShadow = false })
  place('fruit-bowl', [-0.4, 0, -0.02], 0.9)
  place('teapot', [0.02, 0.0025, -0.02], 0.25, { layer: 1 })
  place('carafe', [0.4, 0, -0.12], 0.5, { layer: 1 })
  place('frying-pan', [0.74, 0, 0.02], 2.5, { layer: 0 })
  place('pepper-mills', [-0.72, 0, -0.16], 0.3, { layer: 1 })
  place('mug-clay', [-0.18, 0, -0.24], 0.9, { layer: 3 })
  const mug = place('mug-ink', [0, 0.0025, 0.26], 0.3, { layer: 2 })
  return {
    ...shot, contact: [{ thing: mug, radius: 0.062, height: 0.0045 }], margin: 1.6, id: 'breakfast', chapter: 'The breakfast table', seconds: 6,
    cues: ['mug-ink', 'teapot', 'pendant-lamp', 'fruit-bowl', 'frying-pan'],
    update(t) {
      const walk = ease(t, -1.3, 7.3)
      look(mix([0.46, 0.44, 1.94], [-0.14, 0.37, 1.8], walk), mix([0.08, 0.22, 0], [0.0, 0.215, 0], walk))
      swing(lamp, [0.02, 1.82, -0.24], 1.4, 0.05 * Math.sin(t * 1.75 + 0.4) * (1 - t * 0.07))
      const slide = ease(t, 0.2, 5.6)
      mug.position.x = mix(0.62, -0.44, slide)
      mug.position.z = mix(0.2, 0.28, slide)
      mug.rotation.y = mix(-0.3, 0.7, slide)
    },
  }
}
