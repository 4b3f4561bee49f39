import { AgXToneMapping, LinearSRGBColorSpace, NoToneMapping, PCFShadowMap, SRGBColorSpace, WebGLRenderer } from 'three'
import { measure } from './film/measure.js'
import { paintFromPlates } from './film/plates.js'
import { frameRate, shots } from './film/shots.js'
import { createExposure } from './light/exposure.js'
import { stage } from './light/picture.js'
import { products } from './models/index.js'

const canvas = document.querySelector('canvas')
const opened = new Map()
let renderer

function size(width, height) {
  if (renderer) return renderer
  renderer = new WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true })
  renderer.setSize(width, height, false)
  renderer.shadowMap.type = PCFShadowMap
  plain()
  return renderer
}

/** Light as it is, for what is developed later. */
function plain() {
  renderer.toneMapping = NoToneMapping
  renderer.outputColorSpace = LinearSRGBColorSpace
}

/** Painted plates are developed already; only glass is lit while the film runs and is developed at once. */
function projecting() {
  renderer.toneMapping = AgXToneMapping
  renderer.toneMappingExposure = 1.42
  renderer.outputColorSpace = SRGBColorSpace
  renderer.shadowMap.enabled = false
}

function pixels(into = new Uint8Array(canvas.width * canvas.height * 4)) {
  const gl = renderer.getContext()
  gl.readPixels(0, 0, canvas.width, canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, into)
  return into
}

const send = (path, body) => fetch(`/pixels/${path}`, { method: 'POST', body })
let sending

/** What the programs outside may ask of the page. */
globalThis.studio = {
  slugs: Object.keys(products),
  shots: Object.keys(shots),
  frameRate,

  async picture(slug, edge, samples) {
    size(edge, edge)
    const exposure = createExposure(renderer, edge, edge)
    const { scene, camera, rig } = stage(products[slug], renderer)
    exposure.take(scene, camera, { samples, exposure: 1.5, punch: 1.17, vignette: 0.14, before: rig.wander })
    exposure.dispose()
    await send(slug, pixels())
  },

  /** Builds a shot and tells its length and title; with `plates` it is lit as well. */
  open(id, width, height, plates) {
    size(width, height)
    plain()
    const shot = shots[id](renderer)
    if (plates) {
      const exposure = createExposure(renderer, plates.width, plates.height)
      paintFromPlates(shot, exposure, renderer, plates)
      exposure.dispose()
    }
    opened.set(id, shot)
    return { seconds: shot.seconds, chapter: shot.chapter }
  },

  /** Sends frames many at a time, and the last ones while the next are drawn: the way out is slower than the drawing. */
  async frames(id, from, count) {
    const shot = opened.get(id)
    const bytes = canvas.width * canvas.height * 4
    const all = new Uint8Array(bytes * count)
    projecting()
    for (let i = 0; i < count; i++) {
      shot.update((from + i) / frameRate)
      renderer.setRenderTarget(null)
      renderer.render(shot.scene, shot.camera)
      pixels(all.subarray(i * bytes, (i + 1) * bytes))
    }
    await sending
    sending = send(`${id}-${from}`, all)
  },

  sent: () => sending.then(() => {}),

  measure(id) {
    return measure(opened.get(id), renderer, frameRate)
  },
}
document.title = 'ready'
