import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { build, type Rollup } from 'vite'
import { pictureRect, pointOn, type Picture, type Point } from '../src/core/picture-geometry.ts'
import { chromiumArgs, findChromium } from '../test/support/engines.mjs'
import { percentile, printTable, type BenchTable } from './table.ts'

// A box with border and padding, a picture fitted into it, a transform over it. The rule is asked where a point of the
// picture lies; a second computation, from the specification's words and by other steps, and the browser's own pixels judge it.
interface Case {
  width: number
  height: number
  border: number[]
  padding: number[]
  natural: { width: number; height: number }
  fit: string
  /** One `<position>`, and what it means for each axis: a part of the free space and pixels beside it. */
  position: string
  parts: { x: [number, number]; y: [number, number] }
  transform: { turn: number; scale: number; skew: number; zoom: number }
  at: Point
}

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 2 ** 32
  }
}

const fits = ['contain', 'cover', 'fill', 'none', 'scale-down']

function makeCase(chance: () => number): Case {
  const whole = (from: number, to: number): number => Math.floor(from + chance() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)]!
  const percent = [whole(0, 100), whole(0, 100)] as const
  const pixels = [whole(-30, 30), whole(-30, 30)] as const
  const [px, py] = [percent[0] / 100, percent[1] / 100]
  const [position, x, y] = pick<[string, [number, number], [number, number]]>([
    [`${percent[0]}% ${percent[1]}%`, [px, 0], [py, 0]],
    [`${pixels[0]}px ${percent[1]}%`, [0, pixels[0]], [py, 0]],
    [`right ${pixels[0]}px bottom ${pixels[1]}px`, [1, -pixels[0]], [1, -pixels[1]]],
    [`left ${pixels[0]}px top ${percent[1]}%`, [0, pixels[0]], [py, 0]],
    [`calc(${percent[0]}% + ${Math.abs(pixels[0])}px) ${pixels[1]}px`, [px, Math.abs(pixels[0])], [0, pixels[1]]],
    ['top', [0.5, 0], [0, 0]],
    ['bottom right', [1, 0], [1, 0]],
    ['center left', [0, 0], [0.5, 0]],
  ])
  const sides = (most: number): number[] => Array.from({ length: 4 }, () => (chance() < 0.5 ? 0 : whole(0, most)))
  const turned = chance() < 0.5
  return {
    width: whole(120, 420) + pick([0, 0.25, 0.5]),
    height: whole(100, 320) + pick([0, 0.25, 0.5]),
    border: sides(12),
    padding: sides(20),
    natural: pick([{ width: 320, height: 180 }, { width: 180, height: 320 }, { width: 240, height: 240 }, { width: 640, height: 272 }]),
    fit: pick(fits),
    position,
    parts: { x, y },
    transform: turned ? { turn: whole(-180, 180), scale: 0.6 + chance() * 0.8, skew: whole(-15, 15), zoom: 1 } : { turn: 0, scale: 1, skew: 0, zoom: pick([1, 1, 0.8, 1.25]) },
    at: { x: 0.1 + chance() * 0.8, y: 0.1 + chance() * 0.8 },
  }
}

function pictureOf({ width, height, border, padding, natural, fit, position }: Case): Picture {
  const [top = 0, right = 0, bottom = 0, left = 0] = border.map((it, side) => it + padding[side]!)
  return {
    box: { width: width + left + right, height: height + top + bottom },
    content: { x: left, y: top, width, height },
    natural,
    fit,
    position,
  }
}

/** Where the point lies by CSS Images 3, section 5.5: the concrete object size, then the alignment of its free space. */
function reference({ width, height, border, padding, natural, fit, parts, at }: Case): Point {
  const ratio = natural.width / natural.height
  const wider = ratio > width / height
  const inside = wider ? [width, width / ratio] : [height * ratio, height]
  const outside = wider ? [height * ratio, height] : [width, width / ratio]
  const own = [natural.width, natural.height]
  const sizes: Record<string, number[]> = { contain: inside, cover: outside, fill: [width, height], none: own }
  sizes['scale-down'] = inside[0]! < own[0]! ? inside : own
  const [across, down] = sizes[fit] as [number, number]
  const axis = (free: number, [part, pixels]: [number, number], size: number, fraction: number): number => free * part + pixels + size * fraction
  return {
    x: border[3]! + padding[3]! + axis(width - across, parts.x, across, at.x),
    y: border[0]! + padding[0]! + axis(height - down, parts.y, down, at.y),
  }
}

const entry = fileURLToPath(new URL('../src/elements/overlay-stage.ts', import.meta.url))

/** The code that lays the overlay's layer over a film, as the elements run it, for the page. */
async function stageScript(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'stage' } },
  })) as Rollup.RollupOutput[]
  return built[0]!.output[0].code
}

/** Draws the case with a dot burnt into the picture and the layer's own cross beside, and says where the browser put both. */
const draw = `(it, picture, point) => {
  document.body.textContent = ''
  const source = document.createElement('canvas')
  Object.assign(source, it.natural)
  const pen = source.getContext('2d')
  pen.fillStyle = '#222'
  pen.fillRect(0, 0, source.width, source.height)
  pen.fillStyle = '#f00'
  pen.beginPath()
  const dot = it.dot
  pen.ellipse(it.at.x * source.width, it.at.y * source.height, dot.x, dot.y, 0, 0, 7)
  pen.fill()
  const { turn, scale, skew, zoom } = it.transform
  const frame = document.createElement('div')
  frame.style.cssText = 'position:absolute;left:400px;top:320px;zoom:' + zoom
  const px = (list) => list.map((side) => side + 'px').join(' ')
  source.style.cssText = 'display:block;box-sizing:content-box;width:' + it.width + 'px;height:' + it.height + 'px;border:solid #000;border-width:' +
    px(it.border) + ';padding:' + px(it.padding) + ';object-fit:' + it.fit + ';object-position:' + it.position +
    ';transform:rotate(' + turn + 'deg) skewX(' + skew + 'deg) scale(' + scale + ')'
  const host = document.createElement('div')
  host.style.cssText = 'position:absolute;left:13px;top:7px;width:0;height:0'
  const layer = document.createElement('div')
  layer.style.cssText = 'position:absolute;transform-origin:0 0'
  const mark = document.createElement('i')
  mark.style.cssText = 'position:absolute;width:0;height:0'
  host.append(layer)
  layer.append(mark)
  frame.append(source, host)
  document.body.append(frame)
  const { picture: rect } = stage.placeLayer(layer, host, source, picture)
  mark.style.left = rect.x + it.at.x * rect.width + 'px'
  mark.style.top = rect.y + it.at.y * rect.height + 'px'
  const { x, y } = mark.getBoundingClientRect()
  return { x, y }
}`

/** The middle of the red on a screenshot, weighed by its redness; undefined when the window or the fit cut it. */
const findDot = `async (data) => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob())
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })
  context.drawImage(image, 0, 0)
  const { data: pixels } = context.getImageData(0, 0, image.width, image.height)
  let [x, y, sum] = [0, 0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    const red = pixels[at] - Math.max(pixels[at + 1], pixels[at + 2])
    if (red < 16) continue
    x += (((at / 4) % image.width) + 0.5) * red
    y += (Math.floor(at / 4 / image.width) + 0.5) * red
    sum += red
  }
  return sum ? { x: x / sum, y: y / sum } : undefined
}`

const window = { width: 1400, height: 1000 }

/** Only a dot that is drawn whole has its middle where the point is. */
function isWhole(it: Case, point: Point, radius: number): boolean {
  const { content } = pictureOf(it)
  return point.x - radius > content.x && point.x + radius < content.x + content.width && point.y - radius > content.y && point.y + radius < content.y + content.height
}

async function drawn(page: Page, reader: Page, it: Case): Promise<number | undefined> {
  const picture = pictureOf(it)
  const rect = pictureRect(picture)
  const point = pointOn(rect, it.at)
  const radius = 5
  if (!isWhole(it, point, radius + 2)) return undefined
  const dot = { x: (radius * it.natural.width) / rect.width, y: (radius * it.natural.height) / rect.height }
  const mark = (await page.evaluate(`(${draw})(${JSON.stringify({ ...it, dot })}, ${JSON.stringify(picture)})`)) as Point
  const image = await page.screenshot({ encoding: 'base64' })
  const seen = (await reader.evaluate(`(${findDot})('${image}')`)) as Point | undefined
  return seen && Math.hypot(seen.x - mark.x, seen.y - mark.y)
}

async function judgeByPixels(browser: Browser, cases: readonly Case[], count: number): Promise<number[]> {
  const page = await browser.newPage()
  await page.setViewport(window)
  await page.setContent('<style>body { margin: 0; background: #fff }</style>')
  await page.evaluate(await stageScript())
  const reader = await browser.newPage()
  await page.bringToFront()
  const errors: number[] = []
  for (const it of cases) {
    if (errors.length === count) break
    const error = await drawn(page, reader, it)
    if (error !== undefined) errors.push(error)
  }
  return errors
}

/** Picture geometry: the rule against a second computation, and the overlay's layer against the browser's own pixels. */
export async function bench({ boxes = 10_000, sample = 200 } = {}): Promise<BenchTable> {
  const chance = random(20261124)
  const cases = Array.from({ length: boxes }, () => makeCase(chance))
  const apart = cases.map((it) => {
    const a = pointOn(pictureRect(pictureOf(it)), it.at)
    const b = reference(it)
    return Math.hypot(a.x - b.x, a.y - b.y)
  })
  const row = (what: string, errors: readonly number[], digits: number): string[] => [
    what,
    String(errors.length),
    ...[percentile(errors, 50), percentile(errors, 95), percentile(errors, 100)].map((it) => it.toFixed(digits)),
  ]
  const rows = [row('rule against the specification’s words', apart, 6)]
  const browser = await puppeteer.launch({ executablePath: findChromium()!, args: chromiumArgs })
  try {
    rows.push(row('layer against drawn pixels', await judgeByPixels(browser, cases, sample), 3))
  } finally {
    await browser.close()
  }
  return {
    title: 'Picture geometry: where a point of the picture lies, error in px',
    columns: ['', 'boxes', 'median', 'p95', 'max'],
    rows,
    notes: ['Boxes of every fit and position with border, padding, rotation, skew, scale and zoom. Of the drawn ones those whose dot the fit leaves whole.'],
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench())
