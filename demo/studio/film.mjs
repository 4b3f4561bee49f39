// Renders the film: node demo/studio/film.mjs [--shot ID …] [--still SECONDS] [--draft] [--cues] [--encode]
// A shot already rendered is kept in the temporary directory, so one shot can be made again alone.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStudio } from './lib/browser.mjs'
import { boxesOf } from './lib/boxes.mjs'
import { cuesOf } from './lib/cues.mjs'

const { values } = parseArgs({ options: {
  shot: { type: 'string', multiple: true }, still: { type: 'string', multiple: true }, draft: { type: 'boolean' }, cues: { type: 'boolean' }, encode: { type: 'boolean' },
} })
const [width, height] = values.draft ? [640, 360] : [1280, 720]
const plates = values.draft ? { width: 960, height: 540, samples: 4 } : { width: 1600, height: 900, samples: 5 }
const batch = 15
const mostBytes = 8_000_000
const title = 'A day at home'
const work = join(tmpdir(), 'kanmai-film')
const out = new URL('../public/film/', import.meta.url).pathname
mkdirSync(work, { recursive: true })
mkdirSync(out, { recursive: true })

const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${width}x${height}`, '-r', '30', '-i', '-']
const colours = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']

function ffmpeg(args) {
  const child = spawn('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['pipe', 'inherit', 'inherit'] })
  const done = new Promise((resolve, reject) => child.on('exit', (code) => (code ? reject(new Error(`ffmpeg left with ${code}`)) : resolve())))
  return { done, stdin: child.stdin }
}

let sink
const { page, close } = await openStudio(async (_name, pixels) => {
  if (!sink.write(pixels)) await new Promise((resolve) => sink.once('drain', resolve))
})
const ask = (name, ...rest) => page.evaluate((method, args) => globalThis.studio[method](...args), name, rest)
const order = await page.evaluate(() => globalThis.studio.shots)
const wanted = values.shot ?? order
const clip = (id) => join(work, `${id}.mkv`)

async function still(id, second) {
  const started = Date.now()
  const file = join(work, `${id}-${second}.png`)
  const { done, stdin } = ffmpeg([...raw, '-vf', 'vflip', '-frames:v', '1', file])
  sink = stdin
  await ask('frames', id, Math.round(second * 30), 1)
  await ask('sent')
  stdin.end()
  await done
  console.error(`${file} ${Date.now() - started} ms`)
}

async function render(id) {
  const frames = Math.round((await ask('open', id, width, height, plates)).seconds * 30)
  const part = join(work, `${id}.${process.pid}.part.mkv`)
  const { done, stdin } = ffmpeg([...raw, '-vf', 'vflip,scale=out_color_matrix=bt709:out_range=tv,format=yuv444p', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '6', '-threads', '1', ...colours, part])
  sink = stdin
  const started = Date.now()
  for (let n = 0; n < frames; n += batch) {
    const count = Math.min(batch, frames - n)
    await ask('frames', id, n, count)
    console.error(`${id} ${n + count}/${frames} ${Math.round((Date.now() - started) / (n + count))} ms a frame`)
  }
  await ask('sent')
  stdin.end()
  await done
  renameSync(part, clip(id))
}

async function writeCues() {
  const film = []
  for (const id of order) {
    const { seconds, chapter } = await ask('open', id, width, height)
    film.push({ id, seconds, chapter, frames: await ask('measure', id) })
  }
  const boxes = boxesOf(film, { title, width: 1280, height: 720, frameRate: 30 })
  writeFileSync(new URL('film/film-01.boxes.xml', import.meta.url), boxes)
  const { text, issues, stats } = await cuesOf(boxes, film, { id: 'film-01', title, frameRate: 30 })
  for (const issue of issues) console.error(issue)
  console.error(`${stats.keyframesIn} boxes, ${stats.keyframesOut} keyframes, off by ${(stats.largestError * 100).toFixed(2)} % at most`)
  writeFileSync(join(out, 'film-01.cues.json'), text)
}

async function encode() {
  const list = join(work, 'list.txt')
  writeFileSync(list, order.map((id) => `file '${clip(id)}'\n`).join(''))
  const input = ['-f', 'concat', '-safe', '0', '-i', list, '-an', '-pix_fmt', 'yuv420p', '-r', '30', ...colours]
  const film = join(out, 'film-01')
  await ffmpeg([...input, '-c:v', 'libx264', '-profile:v', 'high', '-preset', 'slow', '-crf', '22', '-maxrate', '1900k', '-bufsize', '3800k', '-g', '30', '-keyint_min', '30', '-sc_threshold', '0', '-movflags', '+faststart', '-metadata', `title=${title}`, `${film}.mp4`]).done
  const vp9 = [...input, '-c:v', 'libvpx-vp9', '-crf', '31', '-b:v', '1000k', '-g', '30', '-row-mt', '1', '-threads', '2', '-passlogfile', join(work, 'vp9')]
  await ffmpeg([...vp9, '-pass', '1', '-deadline', 'good', '-cpu-used', '4', '-f', 'null', '-']).done
  await ffmpeg([...vp9, '-pass', '2', '-deadline', 'good', '-cpu-used', '3', `${film}.webm`]).done
  for (const name of ['mp4', 'webm']) {
    const { size } = statSync(`${film}.${name}`)
    if (size > mostBytes) throw new Error(`film-01.${name} has ${size} bytes, more than ${mostBytes}: raise its crf`)
  }
  await ffmpeg(['-ss', '4.2', '-i', `${film}.mp4`, '-frames:v', '1', '-c:v', 'libwebp', '-quality', '84', `${film}.webp`]).done
}

if (values.still) for (const id of wanted) {
  await ask('open', id, width, height, plates)
  for (const second of values.still) await still(id, Number(second))
}
else if (!values.cues && !values.encode) for (const id of wanted) if (values.shot || !existsSync(clip(id))) await render(id)
if (values.cues || (!values.still && !values.encode && !values.shot)) await writeCues()
await close()
if (values.encode || (!values.still && !values.cues && !values.shot)) await encode()
