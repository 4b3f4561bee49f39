import { box, grainAlong, part } from '../../make/shapes.js'
import { wood } from '../../make/materials.js'
import { ease, mix } from '../ease.js'
import { createShot } from '../shot.js'
import { wall, windowInSun } from '../surfaces.js'

/** The desk: the alarm goes off, and a bottle is carried past in front. */
export function desk(renderer) {
  const sun = [-2.2, 2.4, 2.5]
  const shot = createShot(renderer, { fov: 23, centre: [0.05, 0.2, 0], reach: 1.3, from: sun, key: 3.6, sky: 1.3, fill: 0.85, bounce: '#c49468' })
  const { scene, place, look } = shot
  scene.add(wall(6, 2.5, '#a3b1aa', { at: [0, -0.5, -0.45] }), part(grainAlong(box(3.2, 0.04, 0.95, 0.008), 'x', 0.7), wood('oak'), { at: [0, -0.02, 0] }),
    windowInSun(sun, [0.05, 0.25, -0.3], { distance: 1.9, wide: 1.4, high: 1.0, bars: [1, 1] }))
  place('task-lamp', [-0.5, 0, -0.14], -0.25)
  place('notebook', [-0.16, 0, 0.17], 0.28)
  place('camera', [0.26, 0, 0.08], -0.32, { layer: 0 })
  place('desk-organiser', [0.08, 0, -0.24], -0.08, { layer: 1 })
  place('headphones', [0.64, 0, 0.04], -0.5)
  place('books', [0.56, 0, -0.26], 0.25, { layer: 1 })
  const clock = place('alarm-clock', [0.54, 0.122, -0.24], -0.25, { layer: 0 })
  place('art-print', [0.98, 0.06, -0.4], 0, { layer: 3 })
  const bottle = place('water-bottle', [2, 0, 0.42], 0.2, { layer: 2 })
  return {
    ...shot, contact: [{ thing: bottle, radius: 0.055, height: 0.0015 }], id: 'desk', chapter: 'The desk', seconds: 6.5, cues: ['water-bottle', 'camera', 'alarm-clock', 'notebook', 'task-lamp'],
    update(t) {
      const walk = ease(t, -1.2, 7.7)
      look(mix([-0.42, 0.6, 1.78], [0.3, 0.46, 1.66], walk), mix([-0.02, 0.2, -0.05], [0.14, 0.175, -0.05], walk))
      const ring = ease(t, 2.3, 2.6) * (1 - ease(t, 3.7, 4.1))
      clock.rotation.z = Math.sin(t * 62) * 0.035 * ring
      clock.position.x = 0.54 + Math.sin(t * 41) * 0.003 * ring
      const pass = (t - 0.3) / 6
      bottle.position.set(mix(0.88, -0.56, pass), 0.0005, 0.4)
      bottle.rotation.y = mix(-0.3, 0.4, pass)
    },
  }
}
