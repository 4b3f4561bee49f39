import { Box3, Color, MeshBasicMaterial, Vector3, WebGLRenderTarget } from 'three'

const [wide, high] = [240, 135]

/** The points of a product (or of its telling part) that its box on the picture is drawn around. */
function hull(thing) {
  const focus = thing.userData.focus ?? thing
  thing.updateMatrixWorld(true)
  const toLocal = focus.matrixWorld.clone().invert()
  const points = []
  focus.traverse((mesh) => {
    if (!mesh.isMesh) return
    const { position } = mesh.geometry.attributes
    const step = Math.max(1, Math.floor(position.count / 160))
    for (let i = 0; i < position.count; i += step) points.push(new Vector3().fromBufferAttribute(position, i).applyMatrix4(mesh.matrixWorld).applyMatrix4(toLocal))
  })
  return { focus, points }
}

function boxOn(camera, { focus, points }) {
  const box = new Box3()
  const point = new Vector3()
  for (const one of points) box.expandByPoint(point.copy(one).applyMatrix4(focus.matrixWorld).project(camera))
  const [x0, x1, y0, y1] = [(box.min.x + 1) / 2, (box.max.x + 1) / 2, (1 - box.max.y) / 2, (1 - box.min.y) / 2]
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, w: x1 - x0, h: y1 - y0 }
}

/** Counts the pixels of each product with and without everything that stands in front of it. */
function createCensus(renderer, scene, items) {
  const target = new WebGLRenderTarget(wide, high)
  const pixels = new Uint8Array(wide * high * 4)
  const black = new MeshBasicMaterial({ color: 0 })
  const names = Object.keys(items)
  const meshes = []
  scene.traverse((mesh) => { if (mesh.isMesh && mesh.material.colorWrite) meshes.push(mesh) })
  const owner = new Map()
  names.forEach((name, index) => (items[name].userData.focus ?? items[name]).traverse((mesh) => owner.set(mesh, index)))
  const flat = names.map((_, index) => new MeshBasicMaterial({ color: new Color().setRGB((index * 20 + 20) / 255, 0, 0, 'srgb-linear') }))

  function count(camera) {
    renderer.setRenderTarget(target)
    renderer.clear()
    renderer.render(scene, camera)
    renderer.readRenderTargetPixels(target, 0, 0, wide, high, pixels)
    const sums = names.map(() => 0)
    for (let i = 0; i < pixels.length; i += 4) {
      const index = Math.round(pixels[i] / 20) - 1
      if (index >= 0 && index < sums.length) sums[index] += 1
    }
    return sums
  }

  return (camera, wanted) => {
    const dressed = meshes.map((mesh) => [mesh, mesh.material, mesh.visible])
    const shadows = renderer.shadowMap.autoUpdate
    renderer.shadowMap.autoUpdate = false
    for (const mesh of meshes) {
      mesh.visible = !mesh.material.transparent
      mesh.material = owner.has(mesh) ? flat[owner.get(mesh)] : black
    }
    const seen = count(camera)
    const shares = {}
    for (const name of wanted) {
      const index = names.indexOf(name)
      for (const [mesh, material] of dressed) mesh.visible = owner.get(mesh) === index && !material.transparent
      const alone = count(camera)[index]
      shares[name] = alone > 12 ? seen[index] / alone : 0
    }
    for (const [mesh, material, visible] of dressed) Object.assign(mesh, { material, visible })
    renderer.shadowMap.autoUpdate = shadows
    return shares
  }
}

/** Walks through a shot without lighting it: every product's box per frame and how much of it is to be seen. */
export function measure(shot, renderer, frameRate, every = 4) {
  shot.update(0)
  const hulls = Object.fromEntries(shot.cues.map((slug) => [slug, hull(shot.items[slug])]))
  const census = createCensus(renderer, shot.scene, shot.items)
  const frames = []
  let seen = {}
  for (let n = 0; n < Math.round(shot.seconds * frameRate); n++) {
    shot.update(n / frameRate)
    shot.scene.updateMatrixWorld(true)
    shot.camera.updateMatrixWorld(true)
    if (n % every === 0) seen = census(shot.camera, shot.cues)
    frames.push(Object.fromEntries(shot.cues.map((slug) => [slug, { ...boxOn(shot.camera, hulls[slug]), seen: seen[slug] }])))
  }
  return frames
}
