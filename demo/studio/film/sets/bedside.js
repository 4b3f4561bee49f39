import { PointLight } from 'three'
import { box, cushion, disc, grainAlong, part } from '../../make/shapes.js'
import { brass, cloth, wood } from '../../make/materials.js'
import { halton } from '../../make/chance.js'
import { ease, mix } from '../ease.js'
import { createShot } from '../shot.js'
import { wall, windowInSun } from '../surfaces.js'

/** The bedside at night: a mug is put by, and then the lamp goes out. */
export function bedside(renderer) {
  const moon = [-2.2, 2.2, 2.4]
  const shot = createShot(renderer, { fov: 25, centre: [0, 0.7, 0], reach: 1.8, from: moon, key: 0.75, sky: 0.36, fill: 0.34, warm: '#b4c4e6', cool: '#98a8cc', bounce: '#4a4a5c', environment: 0.12 })
  const { scene, place, look, rig } = shot
  const top = 0.5
  scene.add(wall(7, 3, '#5f7088', { at: [0, 0, -0.4] }),
    part(grainAlong(box(0.86, 0.5, 0.42, 0.01), 'x', 0.9), wood('walnut'), { at: [0.36, top - 0.25, -0.14] }),
    part(grainAlong(box(0.78, 0.2, 0.02, 0.004), 'x', 0.9), wood('walnut'), { at: [0.36, top - 0.16, 0.075] }), part(disc(0.016, 0.02, 0.006), brass(), { at: [0.36, top - 0.16, 0.085], turn: [Math.PI / 2, 0, 0] }),
    part(box(1.5, 0.62, 0.07, 0.03), cloth('#b98d66', 10, 1), { at: [-0.9, 0.55, -0.34] }),
    part(box(1.4, 0.3, 1.9, 0.09), cloth('#e4dccd', 10, 1), { at: [-0.9, 0.3, 0.66] }),
    part(cushion(0.66, 0.44, 0.2, { fold: 0.5, corner: 0.04 }), cloth('#f0e8da', 10, 1), { at: [-0.6, 0.62, -0.2], turn: [-0.35, 0.05, 0] }))
  scene.add(windowInSun(moon, [0.1, 0.85, -0.35], { distance: 2.4, wide: 1.5, high: 1.1, bars: [1, 1] }))
  const lamp = place('table-lamp', [0.4, top, -0.16], 0.3)
  place('books', [0.66, top, -0.1], 0.3, { layer: 1 }).scale.setScalar(0.8)
  const candle = place('candle', [0.62, top + 0.098, -0.1], 0, { layer: 3 })
  candle.scale.setScalar(0.8)
  place('alarm-clock', [0.14, top, -0.08], 0.3, { layer: 1 })
  place('art-print', [-0.62, 0.98, -0.395], 0, { layer: 3 }).scale.setScalar(0.8)
  place('throw-pillow', [-0.48, 0.45, -0.02], 0.2).scale.setScalar(0.62)
  const mug = place('mug-ink', [0.2, top, 0.02], 0.3, { layer: 2 })
  const [shade] = lamp.children
  shade.material = shade.material.clone()
  shade.castShadow = false
  const bulb = new PointLight('#ffb069', 1, 0, 2)
  bulb.castShadow = true
  bulb.shadow.mapSize.set(512, 512)
  bulb.shadow.radius = 3
  bulb.shadow.bias = -0.002
  const spill = new PointLight('#ffb478', 1, 0, 2)
  spill.position.set(0.3, 1.5, 1.2)
  rig.lamps.add(bulb, spill)
  const wander = rig.wander
  rig.wander = (i, samples) => {
    wander(i, samples)
    bulb.position.set(0.4 + (halton(i, 2) - 0.5) * 0.09, top + 0.265 + (halton(i, 5) - 0.5) * 0.05, -0.16 + (halton(i, 3) - 0.5) * 0.09)
  }
  const mood = { value: 0 }
  const light = (bright, glow) => () => {
    bulb.intensity = bright
    spill.intensity = bright * 0.9
    shade.material.emissiveIntensity = glow
  }
  return {
    ...shot, moods: [light(0.75, 1.5), light(0, 0)], mood, contact: [{ thing: mug, radius: 0.058, height: top + 0.0015 }], id: 'bedside', chapter: 'The bedside', seconds: 6.5,
    cues: ['mug-ink', 'table-lamp', 'alarm-clock', 'throw-pillow', 'candle'],
    update(t) {
      const walk = ease(t, -1.2, 7.7)
      look(mix([-0.1, 0.98, 2.3], [0.24, 0.9, 1.9], walk), mix([0.02, 0.68, -0.1], [0.12, 0.66, -0.1], walk))
      mug.position.x = mix(0.74, 0.06, ease(t, 0.3, 4.4))
      mug.position.z = mix(0.04, 0.01, ease(t, 0.3, 4.4))
      mug.rotation.y = mix(-0.4, 0.5, ease(t, 0.3, 4.4))
      candle.children[3].scale.set(1, 1.3 + 0.16 * Math.sin(t * 9.2) + 0.1 * Math.sin(t * 23.7), 1)
      mood.value = ease(t, 5.1, 5.5)
    },
  }
}
