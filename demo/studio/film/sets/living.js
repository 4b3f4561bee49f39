import { ease, mix } from '../ease.js'
import { createShot } from '../shot.js'
import { boards, wall, windowInSun } from '../surfaces.js'

/** The reading corner: morning sun through a window. */
export function living(renderer) {
  const sun = [-3, 2.3, 2.4]
  const shot = createShot(renderer, { fov: 27, centre: [0, 0.8, -0.4], reach: 3.2, from: sun, key: 3.9, sky: 1.3, fill: 0.85, bounce: '#c99a6d' })
  const { scene, place, look } = shot
  scene.add(wall(9, 4, '#d9b48c', { at: [0, 0, -1.25], skirting: true }), boards(9, 6, { at: [0, 0, 1.2] }),
    windowInSun(sun, [0.1, 1.0, -0.9], { distance: 3.4, wide: 2.1, high: 1.9, bars: [1, 2], leaves: 0 }))
  place('wool-rug', [0.05, 0, 0.12], 0.05, { layer: 3 })
  place('lounge-chair', [0.12, 0.012, -0.28], 0.42, { layer: 1 })
  place('arc-lamp', [-1.02, 0, -0.62], -0.12)
  place('side-table', [0.86, 0, -0.12])
  place('mug-clay', [0.93, 0.516, -0.05], 0.6)
  place('books', [0.8, 0.516, -0.17], -0.5).scale.setScalar(0.72)
  place('planter', [1.32, 0, -0.72], 0.4, { layer: 1 }).scale.setScalar(1.75)
  place('art-print', [0.98, 1.02, -1.245], 0, { layer: 3 })
  place('vase-set', [-1.5, 0, -0.75], 0.3, { layer: 1 }).scale.setScalar(1.5)
  const pillow = place('throw-pillow', [0.145, 0.475, -0.26], 0.42)
  pillow.rotation.set(-0.14, 0.42, 0.1)
  pillow.scale.setScalar(0.9)
  return {
    ...shot, id: 'living', chapter: 'The reading corner', seconds: 6.5, cues: ['arc-lamp', 'throw-pillow', 'lounge-chair', 'art-print'],
    update(t) {
      const walk = ease(t, -1.5, 8)
      look(mix([-0.75, 1.18, 4.35], [0.42, 1.08, 3.72], walk), mix([-0.05, 0.84, -0.4], [0.12, 0.78, -0.4], walk))
    },
  }
}
