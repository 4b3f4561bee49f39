import { bar, box, disc, grainAlong, group, part } from '../../make/shapes.js'
import { brass, printed, wood } from '../../make/materials.js'
import { ease, mix } from '../ease.js'
import { painted } from '../../make/textures.js'
import { swing } from '../swing.js'
import { createShot } from '../shot.js'
import { boards, shade, wall, windowInSun } from '../surfaces.js'

/** A board with hooks: bars of oak with a knob of brass on each. */
function rail(width, hooks) {
  return group([
    part(grainAlong(box(width, 0.09, 0.024, 0.006), 'x', 0.7), wood('oak'), { at: [0, 0, 0.012] }),
    hooks.map((x) => [part(bar([x, 0, 0.02], [x, 0.008, 0.075], 0.008), brass()), part(disc(0.014, 0.01, 0.004), brass(), { at: [x, 0.008, 0.075], turn: [Math.PI / 2 - 0.15, 0, 0] })]),
  ])
}

/** What a mirror sees of the room behind us: a bright window and a dim ceiling. */
function reflect(mirror) {
  const glass = mirror.children[1]
  const { uv, position } = glass.geometry.attributes
  for (let i = 0; i < uv.count; i++) uv.setXY(i, 0.5 + position.getX(i) / 0.62, 0.5 + position.getY(i) / 0.9)
  glass.material = printed(painted('reflection', 256, 372, (ink, w, h) => {
    const air = ink.createLinearGradient(0, 0, w, h)
    for (const [stop, colour] of [[0, '#7d848a'], [0.45, '#c9c4b6'], [1, '#8d867c']]) air.addColorStop(stop, colour)
    ink.fillStyle = air
    ink.fillRect(0, 0, w, h)
    ink.filter = 'blur(7px)'
    ink.fillStyle = '#fff6e4'
    for (const [x, y] of [[0.2, 0.2], [0.44, 0.23], [0.2, 0.45], [0.44, 0.48]]) ink.fillRect(w * x, h * y, w * 0.2, h * 0.21)
    ink.fillStyle = '#a98560'
    ink.fillRect(0, h * 0.84, w, h)
  }, { repeat: false }), 0.4)
}

/** The hallway, seen from behind a door: the backpack has just been hung up. */
export function hallway(renderer) {
  const sun = [-2.7, 2.1, 2.7]
  const shot = createShot(renderer, { fov: 26, centre: [0, 0.9, -0.2], reach: 2.4, from: sun, key: 3.7, sky: 1.3, fill: 0.9, bounce: '#c4a078' })
  const { scene, place, look } = shot
  scene.add(wall(9, 4, '#8b9fab', { at: [0, 0, -0.6], skirting: true }), boards(9, 5, { at: [0, 0, 1.5] }),
    windowInSun(sun, [0.1, 1.0, -0.5], { distance: 3.2, wide: 1.9, high: 1.6, bars: [1, 1] }))
  const hooks = rail(1.1, [-0.42, -0.14, 0.14, 0.42])
  hooks.position.set(-0.18, 1.35, -0.6)
  const door = part(grainAlong(box(0.13, 3.2, 0.05, 0.006), 'y', 0.8), wood('walnut'), { at: [0.1, 1, 1.75] })
  door.userData.layer = 'door'
  const knob = group([part(bar([0, 0, 0], [0, 0, 0.05], 0.009), brass()), part(disc(0.026, 0.014, 0.006), brass(0.25), { at: [0, 0, 0.05], turn: [Math.PI / 2, 0, 0] })], { at: [0.1, 0.86, 1.775] })
  knob.userData.layer = 'knob'
  const bench = group([part(grainAlong(box(1.15, 0.035, 0.34, 0.008), 'x', 0.7), wood('oak'), { at: [0, 0.42, 0] }),
    [-0.48, 0.48].map((x) => part(grainAlong(box(0.035, 0.41, 0.3, 0.006), 'y', 0.7), wood('oak'), { at: [x, 0.205, 0] }))], { at: [-0.2, 0, -0.38] })
  const shadow = shade(0.62, 0.72)
  scene.add(hooks, door, knob, bench, shadow)
  const pack = place('backpack', [0, 0, 0], 0, { layer: 2 })
  reflect(place('wall-mirror', [0.78, 0.92, -0.598], 0, { layer: 1 }))
  place('throw-pillow', [-0.42, 0.455, -0.4], 0.25).scale.setScalar(0.8)
  place('books', [0.1, 0.4375, -0.38], 0.3).scale.setScalar(0.9)
  place('stool', [0.86, 0, -0.22], 0.5)
  place('headphones', [0.86, 0.447, -0.2], 0.5, { layer: 3 })
  place('planter', [-1.25, 0, -0.3], 0.9, { layer: 1 }).scale.setScalar(1.6)
  shadow.userData.layer = 3
  return {
    ...shot, id: 'hallway', chapter: 'The hallway', seconds: 6, cues: ['backpack', 'wall-mirror', 'stool', 'throw-pillow', 'books'],
    update(t) {
      const walk = ease(t, -1.2, 7.2)
      look(mix([-0.5, 1.16, 3.9], [0.52, 1.1, 3.6], walk), mix([-0.16, 0.9, -0.4], [0.12, 0.88, -0.4], walk))
      const angle = 0.15 * Math.cos(t * 3.3) * Math.exp(-t * 0.32)
      swing(pack, [-0.18 + 0.14, 1.362, -0.4], 0.48, angle)
      swing(shadow, [-0.18 + 0.14 + 0.13, 1.3, -0.594], 0.3, angle)
    },
  }
}
