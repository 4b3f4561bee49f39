import { Group, MeshBasicMaterial } from 'three'
import { ball, box, grainAlong, part } from '../../make/shapes.js'
import { wood } from '../../make/materials.js'
import { ease, mix } from '../ease.js'
import { createShot } from '../shot.js'
import { boards, wall, windowInSun } from '../surfaces.js'

/** Everything that grows out of a planter, to be moved by the wind as one. */
function crownOf(planter) {
  const crown = new Group()
  crown.position.y = 0.12
  for (const child of planter.children.slice(5)) { child.position.y -= 0.12; crown.add(child) }
  planter.add(crown)
  return crown
}

/** Drops that fall in an endless shower from where they are put, `fall` metres deep. */
function shower(count, fall) {
  const drops = new Group()
  const water = new MeshBasicMaterial({ color: '#eef4f2', transparent: true, opacity: 0.75 })
  for (let i = 0; i < count; i++) {
    const drop = part(ball(0.0032, 12), water)
    drop.userData.phase = (i * 0.618) % 1
    drops.add(drop)
  }
  return Object.assign(drops, {
    run(t) {
      drops.children.forEach((drop, i) => {
        const age = (t * 3.1 + drop.userData.phase) % 1
        const side = (((i * 0.377) % 1) - 0.5) * 0.034
        drop.position.set(side + age * 0.03, -age * age * fall, (((i * 0.739) % 1) - 0.5) * 0.03)
        drop.scale.set(1, 1 + age * 2.2, 1)
      })
    },
  })
}

/** The plant bench at noon: the watering can leans over, and leaves go by close to the eye. */
export function plants(renderer) {
  const sun = [-2.2, 3.0, 2.4]
  const shot = createShot(renderer, { fov: 23.5, centre: [0, 0.6, 0], reach: 2.2, from: sun, key: 4.1, sky: 1.7, fill: 1, bounce: '#d8b48c', environment: 0.9 })
  const { scene, place, look } = shot
  scene.add(wall(9, 4, '#e6cfae', { at: [0, 0, -0.75] }), boards(9, 5, { at: [0, 0, 1.4], tones: ['#a5876a', '#af9174', '#9a7c60', '#b89a7c'] }),
    part(grainAlong(box(1.9, 0.04, 0.36, 0.008), 'x', 0.7), wood('ash'), { at: [0.05, 0.5, -0.32] }),
    windowInSun(sun, [0.2, 0.7, -0.6], { distance: 3, wide: 2.4, high: 2.2, bars: [0, 0], leaves: 13 }))
  for (const x of [-0.78, 0.88]) scene.add(part(grainAlong(box(0.05, 0.49, 0.3, 0.006), 'y', 0.7), wood('ash'), { at: [x, 0.245, -0.32] }))
  const tall = place('planter', [0.35, 0.52, -0.3], 0.6, { layer: 1 })
  tall.scale.setScalar(1.05)
  const small = place('planter', [-1.02, 0, -0.1], 2.1, { layer: 1 })
  small.scale.setScalar(1.7)
  const near = place('planter', [0.55, 0.1, 1.5], 1.1, { layer: 'near' })
  near.scale.setScalar(1.5)
  const crate = 0.71
  for (const [i, y] of [0.027, 0.095, 0.163].entries()) scene.add(part(grainAlong(box(0.27, 0.054, 0.22, 0.005), 'x', 0.5 + i * 0.1), wood('walnut'), { at: [-0.12, 0.52 + y, -0.3] }))
  scene.add(part(box(0.25, 0.18, 0.2, 0.004), wood('ebonised'), { at: [-0.12, 0.61, -0.3] }))
  const can = place('watering-can', [-0.1, crate, -0.3], 0, { layer: 2 })
  const water = shower(30, 0.14)
  scene.add(water)
  place('radio', [-0.56, 0.52, -0.34], 0.3)
  place('carafe', [0.78, 0.52, -0.3], 0.2, { layer: 0 })
  place('lounge-chair', [1.5, 0, -0.1], -0.7, { layer: 0 })
  place('stool', [-0.42, 0, 0.12], 0.2)
  place('bicycle-bell', [-0.42, 0.447, 0.12], 0.4, { layer: 3 }).scale.setScalar(1.3)
  const crowns = [tall, small, near].map(crownOf)
  return {
    ...shot, id: 'plants', chapter: 'The plant bench', seconds: 6, margin: 1.6, cues: ['watering-can', 'planter', 'radio', 'bicycle-bell', 'stool'],
    update(t) {
      const walk = ease(t, -1.2, 7.2)
      look(mix([-0.62, 1.02, 3.2], [0.34, 0.96, 2.9], walk), mix([-0.12, 0.62, -0.3], [0.02, 0.62, -0.3], walk))
      crowns.forEach((crown, i) => { crown.rotation.z = 0.025 * Math.sin(t * 1.6 + i * 1.3) + 0.012 * Math.sin(t * 3.7 + i) })
      // It tips over the front edge of its own foot.
      const lean = -0.42 * ease(t, 0.9, 2.4) * (1 - ease(t, 4.1, 5.4))
      const edge = 0.078
      can.rotation.z = lean
      can.position.set(-0.1 + edge - Math.cos(lean) * edge, crate - Math.sin(lean) * edge, -0.3)
      const [out, up] = [0.276, 0.27]
      water.position.set(can.position.x + out * Math.cos(lean) - up * Math.sin(lean), can.position.y + out * Math.sin(lean) + up * Math.cos(lean), -0.3)
      water.visible = lean < -0.36
      water.run(t)
    },
  }
}
