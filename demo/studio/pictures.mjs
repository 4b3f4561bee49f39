// Renders the product pictures: node demo/studio/pictures.mjs [--draft] [--out DIR] [slug …]
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openStudio } from './lib/browser.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { draft: { type: 'boolean' }, out: { type: 'string', default: new URL('../public/catalogue/', import.meta.url).pathname } },
})
const [size, samples] = values.draft ? [400, 6] : [800, 10]
mkdirSync(values.out, { recursive: true })

function develop(slug, pixels) {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${size}x${size}`, '-i', '-']
  const output = ['-vf', 'vflip', '-frames:v', '1', '-c:v', 'libwebp', '-quality', '88', '-compression_level', '6', '-pix_fmt', 'yuv420p', `${values.out}/${slug}.webp`]
  return new Promise((resolve, reject) => {
    const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-y', ...input, ...output], { stdio: ['pipe', 'inherit', 'inherit'] })
    ffmpeg.on('exit', (code) => (code ? reject(new Error(`ffmpeg left with ${code}`)) : resolve()))
    ffmpeg.stdin.end(pixels)
  })
}

const { page, close } = await openStudio(develop)
const all = await page.evaluate(() => globalThis.studio.slugs)
for (const slug of positionals.length ? positionals : all) {
  const started = Date.now()
  await page.evaluate((...of) => globalThis.studio.picture(...of), slug, size, samples)
  console.error(`${slug} ${Date.now() - started} ms`)
}
await close()
