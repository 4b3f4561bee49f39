import { CanvasTexture, RepeatWrapping, SRGBColorSpace } from 'three'
import { chance } from './chance.js'

const kept = new Map()

/** Paints a canvas once and keeps it as a texture. */
export function painted(name, width, height, paint, { colour = true, repeat = true } = {}) {
  if (kept.has(name)) return kept.get(name)
  const canvas = new OffscreenCanvas(width, height)
  paint(canvas.getContext('2d'), width, height, chance([...name].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7)))
  const texture = new CanvasTexture(canvas)
  if (colour) texture.colorSpace = SRGBColorSpace
  if (repeat) texture.wrapS = texture.wrapT = RepeatWrapping
  texture.anisotropy = 4
  kept.set(name, texture)
  return texture
}

/** Long uneven lines along x, with a few darker bands, as in a planed board. */
export const woodGrain = (name, base, dark, strength = 1) => painted(`wood ${name}`, 1024, 512, (ink, w, h, random) => {
  ink.fillStyle = base
  ink.fillRect(0, 0, w, h)
  for (let i = 0; i < 16; i++) {
    ink.fillStyle = dark
    ink.globalAlpha = 0.05 * strength * random()
    ink.fillRect(0, random() * h, w, 8 + random() * 60)
  }
  ink.strokeStyle = dark
  for (let i = 0; i < 520; i++) {
    const y = random() * h
    const waves = 1 + Math.floor(random() * 2)
    const swing = 1 + random() * 4
    const phase = random() * 6.3
    ink.globalAlpha = (0.03 + random() * 0.11) * strength
    ink.lineWidth = 0.5 + random() * 1.6
    ink.beginPath()
    // Whole waves over the width, so the texture repeats without a seam.
    for (let x = 0; x <= w; x += 32) ink.lineTo(x, y + Math.sin((x / w) * Math.PI * 2 * waves + phase) * swing)
    ink.stroke()
  }
  for (let i = 0; i < 900; i++) {
    ink.globalAlpha = 0.10 * strength * random()
    ink.fillStyle = dark
    ink.fillRect(random() * w, random() * h, 8 + random() * 30, 1)
  }
})

/** A two-by-two weave as a height map. */
export const weave = () => painted('weave', 256, 256, (ink, w, h, random) => {
  ink.fillStyle = '#777'
  ink.fillRect(0, 0, w, h)
  const cell = 8
  for (let y = 0; y < h; y += cell) {
    for (let x = 0; x < w; x += cell) {
      const over = (x + y) / cell % 2 === 0
      const light = 130 + random() * 90
      ink.fillStyle = `rgb(${light},${light},${light})`
      if (over) ink.fillRect(x, y + 1.5, cell, cell - 3)
      else ink.fillRect(x + 1.5, y, cell - 3, cell)
    }
  }
}, { colour: false })

/** Looped wool as a height map. */
export const boucle = () => painted('boucle', 512, 512, (ink, w, h, random) => {
  ink.fillStyle = '#555'
  ink.fillRect(0, 0, w, h)
  for (let i = 0; i < 5200; i++) {
    const light = 90 + random() * 165
    ink.fillStyle = `rgba(${light},${light},${light},.55)`
    const [x, y, r] = [random() * w, random() * h, 3 + random() * 6]
    for (const dx of [-w, 0, w]) for (const dy of [-h, 0, h]) {
      if (x + dx < -r || x + dx > w + r || y + dy < -r || y + dy > h + r) continue
      ink.beginPath()
      ink.arc(x + dx, y + dy, r, 0, 6.3)
      ink.fill()
    }
  }
}, { colour: false })

/** Fine even noise as a height map: plaster, cast iron, paper, leather. */
export const tooth = () => painted('tooth', 512, 512, (ink, w, h, random) => {
  const pixels = ink.createImageData(w, h)
  for (let i = 0; i < pixels.data.length; i += 4) {
    pixels.data[i] = pixels.data[i + 1] = pixels.data[i + 2] = 110 + random() * 90
    pixels.data[i + 3] = 255
  }
  ink.putImageData(pixels, 0, 0)
  ink.globalAlpha = 0.5
  ink.filter = 'blur(1.4px)'
  ink.drawImage(ink.canvas, 0, 0)
}, { colour: false })

/** Iron specks in a stoneware glaze. */
export const speckle = (colour, fleck = '#4a3527') => painted(`speckle ${colour} ${fleck}`, 1024, 1024, (ink, w, h, random) => {
  ink.fillStyle = colour
  ink.fillRect(0, 0, w, h)
  ink.fillStyle = fleck
  for (let i = 0; i < 1500; i++) {
    ink.globalAlpha = 0.15 + random() * 0.5
    ink.beginPath()
    ink.arc(random() * w, random() * h, 0.6 + random() ** 5 * 4, 0, 6.3)
    ink.fill()
  }
})

/** Dim to bright along a turned shade, from its crown to its rim. */
export const glowMap = () => painted('glow', 4, 256, (ink, w, h) => {
  const gradient = ink.createLinearGradient(0, h, 0, 0)
  for (const [stop, light] of [[0, 50], [0.2, 120], [0.42, 235], [0.5, 255], [1, 255]]) gradient.addColorStop(stop, `rgb(${light},${light},${light})`)
  ink.fillStyle = gradient
  ink.fillRect(0, 0, w, h)
}, { repeat: false })

/** Little stone chips for worktops and bases. */
export const terrazzo = (ground, chips) => painted(`terrazzo ${ground}`, 1024, 1024, (ink, w, h, random) => {
  ink.fillStyle = ground
  ink.fillRect(0, 0, w, h)
  for (let i = 0; i < 1500; i++) {
    ink.fillStyle = chips[Math.floor(random() * chips.length)]
    ink.globalAlpha = 0.35 + random() * 0.5
    const [x, y, r] = [random() * w, random() * h, 1 + random() ** 3 * 11]
    ink.beginPath()
    for (let k = 0; k < 6; k++) {
      const reach = r * (0.6 + random() * 0.5)
      ink.lineTo(x + Math.cos(k * 1.05) * reach, y + Math.sin(k * 1.05) * reach)
    }
    ink.fill()
  }
})
