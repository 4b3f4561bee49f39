import { GLSL3, LinearFilter, LinearMipmapLinearFilter, Matrix4, Mesh, MeshBasicMaterial, PerspectiveCamera, PlaneGeometry, ShaderMaterial, WebGLRenderTarget } from 'three'
import { painted } from '../make/textures.js'

const ghost = new MeshBasicMaterial({ colorWrite: false, depthWrite: false })

const vertexShader = `
  uniform mat4 rest; uniform mat4 eye; out vec4 key;
  void main() {
    key = eye * rest * vec4(position, 1.);
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.);
  }`

// Beside the edge of a thing its plate is empty: the colour is then fetched from the coarser, wider copies.
const fragmentShader = `
  uniform sampler2D plate; uniform sampler2D later; uniform float mood; in vec4 key; out vec4 colour;
  vec3 paintOf(sampler2D of, vec2 at) {
    vec4 paint = texture(of, at);
    if (paint.a < .92) paint = paint * .2 + textureLod(of, at, 1.) * .3;
    if (paint.a < .2) paint += textureLod(of, at, 2.5) * .1;
    if (paint.a < .02) paint += textureLod(of, at, 4.) * .05 + textureLod(of, at, 6.) * .005;
    return paint.rgb / max(paint.a, .0005);
  }
  void main() {
    vec2 at = key.xy / key.w * .5 + .5;
    vec3 paint = paintOf(plate, at);
    #ifdef MOODS
    if (mood > 0.) paint = mix(paint, paintOf(later, at), mood);
    #endif
    colour = vec4(paint, 1.);
  }`

/** Layers of what moves: its shadow of one moment must not stay on the rest. */
const moving = (layer) => layer === 2 || layer === 4

function layerOf(mesh) {
  for (let node = mesh; node; node = node.parent) {
    if (node.userData.unseen) return 'unseen'
    if (node.userData.layer !== undefined) return node.userData.layer
  }
  return 'set'
}

/** Copies the shot's camera as it stands in the middle of its walk, with a view so much wider that its walk never leaves the plates. */
function middleEye(shot) {
  shot.update(shot.seconds / 2)
  const eye = new PerspectiveCamera(0, 16 / 9, 0.05, 40)
  eye.position.copy(shot.camera.position)
  eye.quaternion.copy(shot.camera.quaternion)
  eye.fov = (Math.atan(Math.tan((shot.camera.fov * Math.PI) / 360) * (shot.margin ?? 1.45)) * 360) / Math.PI
  eye.updateProjectionMatrix()
  eye.updateMatrixWorld(true)
  return eye
}

/**
 * Lights the shot once and with care, from the middle of the camera's walk: a plate of the empty set and one for each layer
 * of products. Each thing then carries its own paint, so that a frame of film costs a fraction of a lit one. A shot whose
 * light changes has two `moods`, functions that set its lamps, and says in `mood.value` how far the second has come.
 */
export function paintFromPlates(shot, exposure, renderer, { width, height, samples }) {
  const eye = middleEye(shot)
  shot.scene.updateMatrixWorld(true)
  const meshes = []
  shot.scene.traverse((mesh) => { if (mesh.isMesh) meshes.push({ mesh, material: mesh.material, layer: layerOf(mesh), glass: mesh.material.transparent }) })
  const look = new Matrix4().multiplyMatrices(eye.projectionMatrix, eye.matrixWorldInverse)

  function take(layer) {
    for (const one of meshes) {
      one.mesh.visible = !one.glass && (one.layer === layer || !moving(one.layer))
      one.mesh.material = one.layer === layer || one.layer === 'unseen' ? one.material : ghost
    }
    const plate = new WebGLRenderTarget(width, height, { depthBuffer: false, generateMipmaps: true, minFilter: LinearMipmapLinearFilter, magFilter: LinearFilter })
    exposure.take(shot.scene, eye, { samples, exposure: 1.42, punch: 1.17, vignette: 0, target: plate, before: (i) => shot.rig.wander(i, samples) })
    return plate.texture
  }

  for (const layer of new Set(meshes.map((one) => one.layer))) {
    if (layer === 'unseen') continue
    const [plate, later] = (shot.moods ?? [() => {}]).map((set) => { set(); return take(layer) })
    for (const one of meshes.filter((candidate) => candidate.layer === layer && !candidate.glass)) {
      one.paint = new ShaderMaterial({
        vertexShader, fragmentShader, glslVersion: GLSL3, side: one.material.side, defines: later ? { MOODS: 1 } : {},
        uniforms: { plate: { value: plate }, later: { value: later ?? null }, mood: shot.mood ?? { value: 0 }, rest: { value: one.mesh.matrixWorld.clone() }, eye: { value: look } },
      })
    }
  }
  for (const { mesh, material, paint, layer } of meshes) Object.assign(mesh, { material: paint ?? material, visible: layer !== 'unseen' })
  for (const { thing, radius, height: above } of shot.contact ?? []) shot.scene.add(contactOf(thing, radius, above))
  shot.rig.lamps.traverse((lamp) => { lamp.castShadow = false })
}

/** The soft dark spot that a moving thing takes along with it. */
function contactOf(thing, radius, above) {
  const map = painted('contact', 128, 128, (ink, w) => {
    const fade = ink.createRadialGradient(w / 2, w / 2, w * 0.2, w / 2, w / 2, w / 2)
    for (const [stop, dark] of [[0, 0.62], [0.35, 0.4], [0.7, 0.12], [1, 0]]) fade.addColorStop(stop, `rgba(40,26,16,${dark})`)
    ink.fillStyle = fade
    ink.fillRect(0, 0, w, w)
  }, { repeat: false })
  const spot = new Mesh(new PlaneGeometry(radius * 2.6, radius * 2), new MeshBasicMaterial({ map, transparent: true, depthWrite: false, toneMapped: false, polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -2 }))
  spot.rotation.x = -Math.PI / 2
  spot.renderOrder = -1
  spot.updateMatrixWorld = function follow(force) {
    this.position.set(thing.position.x + radius * 0.22, above, thing.position.z - radius * 0.1)
    Mesh.prototype.updateMatrixWorld.call(this, force)
  }
  return spot
}
