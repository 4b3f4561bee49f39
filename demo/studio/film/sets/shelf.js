import { bar, box, grainAlong, part } from '../../make/shapes.js'
import { brass, wood } from '../../make/materials.js'
import { ease, mix } from '../ease.js'
import { swing } from '../swing.js'
import { createShot } from '../shot.js'
import { wall, windowInSun } from '../surfaces.js'

/** The shelf in the last sun: the camera looks round, headphones swing from their peg, a mug goes by. */
export function shelf(renderer) {
  const sun = [-3.2, 1.15, 2.3]
  const shot = createShot(renderer, { fov: 26, centre: [0, 0.55, -0.1], reach: 1.6, from: sun, key: 4.1, sky: 1.15, fill: 1.0, warm: '#ffd2a0', cool: '#c9d2ea', bounce: '#a06a58' })
  const { scene, place, look } = shot
  scene.add(wall(7, 3, '#9c6f72', { at: [0, -0.6, -0.2] }),
    windowInSun(sun, [0.1, 0.55, -0.15], { distance: 2.6, wide: 1.7, high: 1.05, bars: [1, 1], leaves: 0 }))
  for (const [y, width] of [[0.3, 2.2], [0.76, 2.2]]) {
    const board = part(grainAlong(box(width, 0.032, 0.36, 0.006), 'x', 0.7), wood('oak'), { at: [0, y - 0.016, -0.08] })
    if (y > 0.5) board.userData.layer = 1
    scene.add(board)
  }
  const peg = part(bar([0.66, 0.68, -0.2], [0.66, 0.69, -0.08], 0.007), brass())
  peg.userData.layer = 1
  scene.add(peg)
  place('radio', [-0.42, 0.3, -0.06], 0.18)
  place('books', [0.02, 0.3, -0.07], 0.1, { layer: 1 })
  const camera = place('camera', [0.02, 0.422, -0.05], 0, { layer: 4 })
  place('desk-organiser', [0.36, 0.3, -0.08], -0.05, { layer: 1 })
  place('vase-set', [-0.36, 0.76, -0.06], 0.3).scale.setScalar(0.6)
  const candle = place('candle', [0.0, 0.76, -0.03], 0.2)
  place('art-print', [0.42, 0.76, -0.14], 0, { layer: 3 }).scale.setScalar(0.6)
  place('speaker', [0.72, 0.76, -0.07], -0.2)
  const phones = place('headphones', [0.66, 0.5, -0.1], 0, { layer: 2 })
  const mug = place('mug-sage', [0, 0.3, 0.05], 0.4, { layer: 'mug' })
  return {
    ...shot, contact: [{ thing: mug, radius: 0.058, height: 0.3015 }], id: 'shelf', chapter: 'The shelf at dusk', seconds: 6, margin: 1.6,
    cues: ['headphones', 'camera', 'radio', 'mug-sage', 'candle'],
    update(t) {
      const walk = ease(t, -1.2, 7.2)
      look(mix([-0.5, 0.56, 1.95], [0.36, 0.66, 1.85], walk), mix([-0.1, 0.6, -0.1], [0.14, 0.6, -0.1], walk))
      camera.rotation.y = mix(-0.55, 0.4, ease(t, 0.6, 3.2))
      swing(phones, [0.66, 0.69, -0.12], 0.185, 0.14 * Math.cos(t * 3.9) * Math.exp(-t * 0.25))
      candle.children[3].scale.set(1, 1.3 + 0.16 * Math.sin(t * 8.6) + 0.1 * Math.sin(t * 21.3), 1)
      mug.position.x = mix(-0.86, 0.3, ease(t, 0.2, 5.4))
      mug.rotation.y = mix(0.8, -0.2, ease(t, 0.2, 5.4))
    },
  }
}
