import { sideboard } from '../../models/furniture.js'
import { ease, mix } from '../ease.js'
import { createShot } from '../shot.js'
import { wall, windowInSun } from '../surfaces.js'

/** The sideboard in the afternoon: a record turns. */
export function music(renderer) {
  const sun = [-2.6, 2.0, 2.6]
  const shot = createShot(renderer, { fov: 24, centre: [0, 0.9, 0], reach: 1.8, from: sun, key: 3.6, sky: 1.3, fill: 0.85, bounce: '#b98d66' })
  const { scene, place, look } = shot
  const cupboard = sideboard()
  scene.add(wall(7, 3, '#cc8c66', { at: [0, 0, -0.26] }), cupboard,
    windowInSun(sun, [0, 0.95, -0.2], { distance: 2.4, wide: 1.5, high: 0.95, bars: [1, 1], leaves: 0 }))
  const top = 0.67
  const deck = place('turntable', [-0.05, top, 0.02], 0.06)
  place('speaker', [0.42, top, -0.04], -0.22)
  place('table-lamp', [-0.52, top, -0.03], 0.3)
  place('wall-clock', [0.1, 1.0, -0.255], 0, { layer: 1 })
  place('headphones', [0.66, top, 0.1], -0.4, { layer: 1 })
  place('vase-set', [-0.86, top, 0.02], 0.5, { layer: 1 }).scale.setScalar(0.8)
  return {
    ...shot, id: 'music', chapter: 'The sideboard', seconds: 5, cues: ['turntable', 'speaker', 'table-lamp', 'wall-clock'],
    update(t) {
      const walk = ease(t, -1.2, 6.2)
      look(mix([0.55, 1.36, 2.3], [-0.1, 1.22, 1.88], walk), mix([0.02, 0.95, 0], [0.0, 0.94, 0], walk))
      deck.userData.record.rotation.y = -t * 3.49
    },
  }
}
