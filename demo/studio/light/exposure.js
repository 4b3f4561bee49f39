import {
  AdditiveBlending, FloatType, HalfFloatType, LinearFilter, Mesh, NoBlending, OrthographicCamera, PlaneGeometry, Scene, ShaderChunk, ShaderMaterial,
  Vector3, WebGLRenderTarget,
} from 'three'
import { halton } from '../make/chance.js'

// The surroundings would light every side of a thing alike, hidden or not: they are kept for mirrors and gloss only,
// and the diffuse light comes from the wandering lamps of the rig, which do throw shadows.
ShaderChunk.lights_fragment_maps = ShaderChunk.lights_fragment_maps.replace('iblIrradiance += getIBLIrradiance( geometryNormal );', '')

// Two taps instead of five: the samples of an exposure wander anyway, and the lamps are most of the cost of a frame.
ShaderChunk.shadowmap_pars_fragment = ShaderChunk.shadowmap_pars_fragment.replace(/shadow = \(\s+texture[\s\S]*?\) \* 0\.2;/, `
  vec2 tap = vec2(cos(phi), sin(phi)) * radius * 0.7;
  shadow = 0.5 * (texture(shadowMap, vec3(shadowCoord.xy + tap, shadowCoord.z)) + texture(shadowMap, vec3(shadowCoord.xy - tap, shadowCoord.z)));`)

const vertexShader = 'varying vec2 place; void main() { place = uv; gl_Position = vec4(position.xy, 0., 1.); }'

const addShader = `
  varying vec2 place; uniform sampler2D sample1; uniform float share;
  void main() { vec4 one = texture2D(sample1, place); gl_FragColor = vec4(min(one.rgb, vec3(6.)), one.a) * share; }`

const developShader = `
  #define saturate(a) clamp(a, 0., 1.)
  varying vec2 place; uniform sampler2D light; uniform float vignette; uniform float seed; uniform float punch;
  ${ShaderChunk.tonemapping_pars_fragment.replace('#ifndef saturate', '#ifndef saturate_never').replace(/#define saturate\(.*\)/, '')}
  float grain(vec2 at) { return fract(52.9829189 * fract(dot(at, vec2(.06711056, .00583715)))); }
  void main() {
    vec4 sum = texture2D(light, place);
    float cover = clamp(sum.a, 0., 1.);
    vec3 colour = sum.rgb / max(cover, .001);
    vec2 off = place - .5;
    colour *= 1. - vignette * smoothstep(.1, .75, dot(off, off) * 2.);
    colour = AgXToneMapping(colour);
    float grey = dot(colour, vec3(.2126, .7152, .0722));
    colour = mix(vec3(grey), colour, 1.22);
    colour = pow(max(colour, 0.), vec3(punch));
    colour = mix(colour * 12.92, 1.055 * pow(max(colour, 1e-5), vec3(1. / 2.4)) - .055, step(.0031308, colour));
    colour += (grain(gl_FragCoord.xy + seed) - .5) * 1.6 / 255.;
    gl_FragColor = vec4(colour * cover, cover);
  }`

/** A camera back: adds many slightly different renderings to one picture, so lens, shutter and lamps have a size. */
export function createExposure(renderer, width, height) {

  const one = new WebGLRenderTarget(width, height, { type: HalfFloatType, minFilter: LinearFilter, magFilter: LinearFilter, })
  const sum = new WebGLRenderTarget(width, height, { type: FloatType, depthBuffer: false })
  const flat = new OrthographicCamera(-1, 1, 1, -1, 0, 1)
  const quad = new Mesh(new PlaneGeometry(2, 2))
  quad.frustumCulled = false
  const wall = new Scene().add(quad)
  const add = new ShaderMaterial({
    vertexShader, fragmentShader: addShader, blending: AdditiveBlending, premultipliedAlpha: true, transparent: true, depthTest: false, depthWrite: false,
    uniforms: { sample1: { value: one.texture }, share: { value: 1 } },
  })
  const develop = new ShaderMaterial({
    vertexShader, fragmentShader: developShader, blending: NoBlending, depthTest: false, depthWrite: false, toneMapped: false,
    uniforms: { light: { value: sum.texture }, toneMappingExposure: { value: 1 }, vignette: { value: 0.2 }, seed: { value: 0 }, punch: { value: 1.1 } },
  })

  function lens(camera, focus, aperture, i, samples) {
    const jitter = [halton(i, 2) - 0.5, halton(i, 3) - 0.5]
    camera.setViewOffset(width, height, jitter[0], jitter[1], width, height)
    if (!aperture) return () => camera.clearViewOffset()
    const angle = i * 2.399963
    const reach = aperture * Math.sqrt((i + 0.5) / samples)
    const [dx, dy] = [Math.cos(angle) * reach, Math.sin(angle) * reach]
    // Moving the eye sideways while the plane of focus stays put is a shift of the frustum.
    const home = camera.position.clone()
    camera.updateMatrixWorld()
    const right = new Vector3().setFromMatrixColumn(camera.matrixWorld, 0)
    const up = new Vector3().setFromMatrixColumn(camera.matrixWorld, 1)
    camera.position.addScaledVector(right, dx).addScaledVector(up, dy)
    const unit = height / (2 * Math.tan((camera.fov * Math.PI) / 360) * focus)
    camera.setViewOffset(width, height, jitter[0] - dx * unit, jitter[1] + dy * unit, width, height)
    return () => { camera.position.copy(home); camera.clearViewOffset() }
  }

  return {
    take(scene, camera, { samples, exposure = 1, aperture = 0, focus = 1, vignette = 0.2, punch = 1.1, seed = 0, target = null, before = () => {} }) {
      renderer.shadowMap.enabled = true
      renderer.setRenderTarget(sum)
      renderer.setClearColor(0x000000, 0)
      renderer.clear()
      add.uniforms.share.value = 1 / samples
      for (let i = 0; i < samples; i++) {
        before(i, samples)
        const restore = lens(camera, focus, aperture, i, samples)
        renderer.setRenderTarget(one)
        renderer.clear()
        renderer.render(scene, camera)
        restore()
        quad.material = add
        renderer.autoClear = false
        renderer.setRenderTarget(sum)
        renderer.render(wall, flat)
        renderer.autoClear = true
      }
      Object.assign(develop.uniforms.toneMappingExposure, { value: exposure })
      develop.uniforms.vignette.value = vignette
      develop.uniforms.punch.value = punch
      develop.uniforms.seed.value = seed
      quad.material = develop
      renderer.setRenderTarget(target)
      renderer.render(wall, flat)
      renderer.setRenderTarget(null)
    },
    dispose() {
      for (const thing of [one, sum, add, develop, quad.geometry]) thing.dispose()
    },
  }
}
