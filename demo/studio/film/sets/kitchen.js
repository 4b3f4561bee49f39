import { box, grainAlong, part } from '../../make/shapes.js'
import { brass, printed, wood } from '../../make/materials.js'
import { terrazzo } from '../../make/textures.js'
import { ease, mix } from '../ease.js'
import { createShot } from '../shot.js'
import { tiles, windowInSun } from '../surfaces.js'

/** The worktop: the camera strolls along it, and a mug finds its way behind the kettle. */
export function kitchen(renderer) {
  const sun = [-2.4, 2.5, 2.6]
  const shot = createShot(renderer, { fov: 22, centre: [0.1, 0.15, -0.1], reach: 1.6, from: sun, key: 3.7, sky: 1.3, fill: 0.85, bounce: '#d8c3a2' })
  const { scene, place, look } = shot
  const stone = printed(terrazzo('#e8dcc8', ['#b96a4b', '#8a8f79', '#c9a06b', '#7c756d']), 0.45)
  const shelf = part(grainAlong(box(1.9, 0.03, 0.17, 0.006), 'x', 0.6), wood('walnut'), { at: [0.62, 0.43, -0.255] })
  shelf.userData.layer = 1
  scene.add(shelf, tiles(6, 1.8, '#8b9c84', { at: [0, 0, -0.34] }),
    part(grainAlong(box(5, 0.06, 0.8, 0.008), 'x', 0.6), stone, { at: [0, -0.03, 0.05] }), part(box(5, 0.8, 0.7, 0.004), wood('oak'), { at: [0, -0.46, 0.02] }),
    windowInSun(sun, [0.2, 0.2, -0.2], { distance: 2.2, wide: 1.7, high: 1.25, bars: [1, 1] }))
  for (const x of [-0.6, 0.6]) shelf.add(part(box(0.014, 0.05, 0.13, 0.004), brass(), { at: [x, -0.04, -0.005] }))
  place('cutting-board', [-0.52, 0, -0.22], 0.12, { layer: 1 })
  place('fruit-bowl', [-0.62, 0, 0.08], 0.4)
  place('kettle', [-0.12, 0.004, 0.03], -0.25)
  place('pour-over', [0.27, 0, -0.02], 0.3)
  place('casserole', [0.72, 0, -0.06], 0.3, { layer: 1 })
  place('pepper-mills', [0.5, 0, 0.1], 0.2)
  place('teapot', [1.08, 0, 0.02], 2.6, { layer: 0 })
  place('mug-clay', [0.2, 0.445, -0.22], 0.4)
  place('mug-ink', [0.34, 0.445, -0.24], 0.9)
  place('vase-set', [0.82, 0.445, -0.25], 0.2).scale.setScalar(0.62)
  const mug = place('mug-sage', [0, 0, 0], 0.3, { layer: 2 })
  return {
    ...shot, contact: [{ thing: mug, radius: 0.062, height: 0.0015 }], margin: 1.8, id: 'kitchen', chapter: 'The worktop', seconds: 7, cues: ['kettle', 'mug-sage', 'pour-over', 'casserole', 'fruit-bowl'],
    update(t) {
      const walk = ease(t, -1.4, 8.4)
      look(mix([-0.62, 0.4, 1.9], [0.62, 0.36, 1.78], walk), mix([-0.3, 0.19, 0], [0.42, 0.19, 0], walk))
      const slide = ease(t, 0.3, 6)
      mug.position.set(mix(-0.44, 0.46, slide), 0.0005, mix(-0.1, -0.13, slide))
      mug.rotation.y = mix(0.55, -0.35, slide)
    },
  }
}
