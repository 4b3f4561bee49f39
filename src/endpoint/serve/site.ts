import { join } from 'node:path'
import { demoStream } from './demo-stream.ts'
import { packageRoot, version } from './package-root.ts'
import { staticFile } from './static-file.ts'

const builds = /^(kanmai[\w.-]*\.(js|css)|chunks\/[\w.-]+\.(js|css))(\.map)?$/
// Its name holds a hash of what is in it, so it never changes.
const hashed = /^(chunks|assets)\//

const forever = 'public, max-age=31536000, immutable'
const shortly = 'public, max-age=300'
// The page decides which builds and pictures are loaded: it is asked for every time, and mostly unchanged.
const asked = 'no-cache'

/**
 * Answers `/dist/*` and `/dist/{version}/*` with the builds for a script tag and, with the demo, `/demo/*` with its site
 * and `/` with the way there. Undefined for every other path.
 */
export async function site(
  request: Request,
  { demo, root = packageRoot, now = Date.now }: { demo: boolean; root?: string; now?: () => number },
): Promise<Response | undefined> {
  const { pathname } = new URL(request.url)
  const [, room, ...rest] = pathname.split('/')
  const isMine = room === 'dist' || (demo && (pathname === '/' || room === 'demo'))
  if (!isMine) return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return text(405, 'Only GET and HEAD here.', { allow: 'GET, HEAD' })
  }
  if (pathname === '/' || pathname === '/demo') return new Response(null, { status: 302, headers: { location: 'demo/' } })

  const path = safePath(rest)
  if (path === undefined) return text(400, 'This path leads nowhere.')
  const answer = room === 'demo' ? await demoFile(request, root, path, now()) : await build(request, root, path)
  const hint = room === 'demo' ? 'The demo starts at /demo/.' : 'The builds are /dist/kanmai.js, /dist/kanmai.iife.js and /dist/kanmai.css.'
  return answer ?? text(404, `Nothing here. ${hint}`)
}

async function demoFile(request: Request, root: string, path: string, now: number): Promise<Response | undefined> {
  if (path.startsWith('live/') && path.endsWith('.m3u8')) {
    const stream = await demoStream(request, join(root, 'dist/site/demo/live'), path.slice('live/'.length), now)
    if (stream) return stream
  }
  const name = path === '' || path.endsWith('/') ? `${path}index.html` : path
  const cache = hashed.test(name) ? forever : name.endsWith('.html') ? asked : shortly
  return staticFile(request, join(root, 'dist/site/demo', name), { 'cache-control': cache })
}

async function build(request: Request, root: string, path: string): Promise<Response | undefined> {
  const isVersioned = path.startsWith(`${version}/`)
  const name = isVersioned ? path.slice(version.length + 1) : path
  if (!builds.test(name)) return undefined
  return staticFile(request, join(root, 'dist', name), {
    'cache-control': isVersioned || hashed.test(name) ? forever : shortly,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Date, Age',
    'cross-origin-resource-policy': 'cross-origin',
    'timing-allow-origin': '*',
  })
}

/** Undefined for a path that could leave its folder. */
function safePath(steps: string[]): string | undefined {
  try {
    const names = steps.map(decodeURIComponent)
    return names.some((name) => name.startsWith('.') || /[/\\\0]/.test(name)) ? undefined : names.join('/')
  } catch {
    return undefined
  }
}

function text(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(`${words}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })
}
