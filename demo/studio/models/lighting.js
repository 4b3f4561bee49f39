import { bar, ball, disc, group, part, turned, wire } from '../make/shapes.js'
import { brass, enamel, glaze, glowing, house, lacquer, matte, milkGlass, plaster, printed } from '../make/materials.js'
import { terrazzo } from '../make/textures.js'

export function arcLamp() {
  const dome = part(turned([[0, 0.165, 0], [0.09, 0.16, 0.05], [0.165, 0.09, 0.08], [0.185, 0, 0.004], [0.179, 0, 0.002], [0.158, 0.088, 0.08], [0.085, 0.153, 0.05], [0, 0.158]]), enamel(house.clay))
  const inside = part(turned([[0, 0.13], [0.06, 0.128, 0.04], [0.14, 0.075, 0.08], [0.172, 0.003]]), glowing('#ffdba4', 0.5))
  inside.material.side = 2
  const head = group([dome, inside, part(ball(0.05), glowing('#ffe3b5', 3), { at: [0, 0.05, 0] }), part(bar([0, 0.16, 0], [0, 0.215, 0], 0.012), brass())], { at: [0.86, 1.36, 0], turn: [0, 0, 0.16] })
  const stem = part(wire([[0, 0.05, 0], [0, 0.6, 0], [0.01, 1.15, 0], [0.1, 1.55, 0], [0.36, 1.78, 0], [0.66, 1.74, 0], [0.822, 1.575, 0]], 0.0105, 120), brass(0.26))
  const foot = part(turned([[0, 0], [0.17, 0, 0.008], [0.17, 0.055, 0.012], [0.03, 0.06, 0.01], [0.022, 0.1, 0.004], [0, 0.1]]), printed(terrazzo('#ece2d2', ['#b96a4b', '#8a8f79', '#c9a06b', '#6f6a64']), 0.4))
  const all = group([stem, foot, head])
  all.userData.focus = head
  return all
}

export function tableLamp() {
  const shade = part(turned([[0.0, 0.33], [0.05, 0.329, 0.03], [0.135, 0.30, 0.07], [0.165, 0.215, 0.025], [0.15, 0.208, 0.004], [0.125, 0.285, 0.06], [0.05, 0.318, 0.03], [0, 0.32]]), milkGlass('#ffb469', 0.8))
  const foot = part(turned([[0, 0], [0.085, 0, 0.01], [0.088, 0.02, 0.012], [0.06, 0.06, 0.05], [0.036, 0.13, 0.06], [0.042, 0.225, 0.01], [0, 0.23]]), glaze(house.sage))
  return group([shade, foot, part(ball(0.012), brass(), { at: [0, 0.336, 0] }), part(disc(0.044, 0.008), brass(), { at: [0, 0.222, 0] })])
}

export function pendantLamp() {
  const shade = part(turned([[0.018, 0.2], [0.05, 0.195, 0.02], [0.06, 0.155, 0.03], [0.2, 0.085, 0.1], [0.235, 0, 0.004], [0.229, 0, 0.002], [0.193, 0.078, 0.1], [0.05, 0.148, 0.03], [0.012, 0.15]]), enamel(house.forest))
  const inside = part(turned([[0, 0.125], [0.045, 0.125, 0.03], [0.18, 0.06, 0.1], [0.222, 0.003]]), glowing('#ffe2b6', 0.5))
  inside.material.side = 2
  const all = group([shade, inside, part(ball(0.045), glowing('#ffe3b5', 3), { at: [0, 0.055, 0] }),
    part(turned([[0, 0.19], [0.026, 0.19, 0.004], [0.026, 0.235, 0.008], [0.008, 0.25, 0.004], [0, 0.25]]), brass()),
    part(bar([0, 0.24, 0], [0, 1.4, 0], 0.0035), matte(house.ink))])
  all.userData.focus = shade
  return all
}

export function taskLamp() {
  const metal = lacquer(house.butter, 0.38)
  const knob = (at) => part(bar([0, 0, -0.02], [0, 0, 0.02], 0.013), brass(), { at })
  const head = group([
    part(turned([[0, 0.115], [0.03, 0.115, 0.01], [0.036, 0.075, 0.02], [0.078, 0, 0.003], [0.075, 0, 0.002], [0.032, 0.073, 0.02], [0, 0.08]]), metal),
    part(disc(0.066, 0.004), glowing('#ffe6c0', 2.2), { at: [0, 0.012, 0] }),
  ], { at: [0.205, 0.455, 0], turn: [0, 0, 0.5] })
  const all = group([
    part(turned([[0, 0], [0.09, 0, 0.006], [0.09, 0.018, 0.008], [0.016, 0.026, 0.006], [0.014, 0.05], [0, 0.05]]), metal),
    part(bar([0, 0.04, 0], [-0.1, 0.29, 0], 0.007), metal), part(bar([-0.1, 0.29, 0], [0.19, 0.53, 0], 0.007), metal),
    knob([0, 0.045, 0]), knob([-0.1, 0.29, 0]), knob([0.185, 0.527, 0]), part(bar([0.185, 0.527, 0], [0.18, 0.548, 0], 0.012), metal), head,
  ])
  all.userData.focus = head
  return all
}

export function candle() {
  const vessel = part(turned([[0, 0], [0.04, 0, 0.006], [0.042, 0.085, 0.003], [0.0385, 0.085, 0.002], [0.037, 0.012, 0.005], [0, 0.012]]), plaster(house.clay))
  const wax = part(turned([[0, 0.066], [0.033, 0.066, 0.004], [0.0372, 0.07], [0.037, 0.03], [0, 0.03]]), matte('#f3e7cf', 0.5))
  const flame = part(turned([[0, 0], [0.0042, 0.006, 0.004], [0.0032, 0.016, 0.006], [0, 0.03]], 24), glowing('#ffb45a', 5), { at: [0, 0.079, 0] })
  return group([vessel, wax, part(bar([0, 0.064, 0], [0.001, 0.082, 0], 0.0011), matte(house.ink)), flame,
    part(bar([0, 0, 0], [0, 0.0015, 0], 0.0001), matte(house.ink))])
}

