import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { film, lanes, middleAt, testFilm, type FrameRate, type Lane } from './film.ts'

export interface Site {
  url: string
  close(): void
}

/** One built browser file of the bench, as text. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['es'] }, rollupOptions: { output: { codeSplitting: false } } },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('vite built nothing')
  return output.output[0].code
}

const playing = (play: string): string => `const video = document.querySelector('video')
video.playbackRate = ${play}
video.play()`

/** One film and, where the marker would stand, what the browser moves to and fro by itself, at the object's own speed. */
function floorPageOf(rate: FrameRate, lane: Lane, play: string): string {
  const { left, box, way, width, height } = film
  return `<!doctype html><meta charset="utf-8"><title>Frame lock, the floor</title>
<style>body { margin: 0; background: #000; overflow: hidden } video { display: block; width: ${width}px; height: ${height}px }
i { position: absolute; left: ${left + box / 2 - 12}px; top: ${lane.marker - 12}px; width: 24px; height: 24px; border-radius: 50%; background: #fff }</style>
<video id="film" src="/${rate}.mp4" muted loop playsinline></video><i></i>
<script type="module">
${playing(play)}
const ways = ['none', 'translateX(${way}px)', 'none']
document.querySelector('i').animate({ transform: ways }, { duration: ${(2 * way * 1000) / (lane.speed * Number(play))}, iterations: Infinity })
</script>`
}

function pageOf(rate: FrameRate, lane: Lane, play: string): string {
  const turn = film.way / lane.speed
  const keyframes = Array.from({ length: Math.ceil(film.seconds / turn) + 1 }, (_, index) => ({
    t: index * turn,
    x: middleAt(index * turn, lane.speed) / film.width,
    y: lane.marker / film.height,
  }))
  const item = { id: 'object', title: 'Object', url: 'https://shop.example' }
  const cue = { id: 'c', item: item.id, start: 0, track: { interpolation: 'linear', keyframes } }
  return `<!doctype html><meta charset="utf-8"><title>Frame lock</title>
<style>body { margin: 0; background: #000; overflow: hidden } video { display: block; width: ${film.width}px; height: ${film.height}px }
kanmai-overlay { --kanmai-marker-color: #fff; --kanmai-marker-size: 24px }</style>
<video id="film" src="/${rate}.mp4" muted loop playsinline></video><kanmai-overlay for="film"></kanmai-overlay>
<script type="module" src="/overlay.js"></script>
<script type="module">
Object.assign(document.querySelector('kanmai-overlay'), { items: [${JSON.stringify(item)}], cues: [${JSON.stringify(cue)}] })
${playing(play)}
</script>`
}

/**
 * Serves the pages `/<frame rate>/<rate of play>` with their films, the same with `/floor`, and what else is given by its
 * path. A film is answered in ranges, for not every engine plays without.
 */
export async function serveSite(more: Readonly<Record<string, string>> = {}): Promise<Site> {
  const code = await bundle('../../src/elements/kanmai-overlay.ts')
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://bench')
    const given = more[pathname]
    if (given !== undefined) return response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'text/html').end(given)
    if (pathname === '/overlay.js') return response.setHeader('content-type', 'text/javascript').end(code)
    const asked = /^\/([\d.]+)(?:\.mp4|\/([12])(\/floor)?)$/.exec(pathname)
    if (!asked) return response.writeHead(404).end()
    const rate = asked[1] as FrameRate
    const play = asked[2] as '1' | '2' | undefined
    if (play) return response.setHeader('content-type', 'text/html').end((asked[3] ? floorPageOf : pageOf)(rate, lanes[play], play))
    void testFilm(rate).then((path) => {
      const { size } = statSync(path)
      const [, from = '0', to] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
      const start = Number(from)
      const end = to ? Math.min(Number(to), size - 1) : size - 1
      response.writeHead(request.headers.range ? 206 : 200, {
        'content-type': 'video/mp4',
        'accept-ranges': 'bytes',
        'content-length': end - start + 1,
        ...(request.headers.range && { 'content-range': `bytes ${start}-${end}/${size}` }),
      })
      createReadStream(path, { start, end }).pipe(response)
    })
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
