import { existsSync, readFileSync } from 'node:fs'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pages, type HostilePage, type Places } from './pages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const witness = readFileSync(new URL('witness.js', import.meta.url), 'utf8')
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }

/** Every tag there is, in the order of the page. */
export const allTags = ['card', 'coupon', 'feed', 'overlay', 'rail', 'markers', 'shelf', 'saved', 'privacy'].map((it) => `kanmai-${it}`)

const host = `<main class="host"><h1>A page of <em>somebody else</em></h1><p>With <a href="#there">a link</a>, <b>words</b> and <code>code</code></p>
<ul><li>one<li>two</ul><ol><li>first</ol><table><tr><th>head<td>cell</table><blockquote>said</blockquote>
<form><label>Name <input name="name" value="x"></label><button type="button">Press</button><select><option>a</select></form></main>`

const tags = ({ endpoint }: Places, placement: string): string =>
  `<kanmai-card item="arc-lamp" placement="${placement}"><a href="${endpoint}/v1/demo/go/arc-lamp">Arc lamp</a></kanmai-card>
<kanmai-coupon item="table-lamp"></kanmai-coupon>
<kanmai-feed placement="article-end" rows="1"></kanmai-feed>
<div><video id="film" muted preload="auto" width="640" height="360" src="${endpoint}/demo/film/film-01.webm"></video>
<kanmai-overlay for="film" media="film-01"></kanmai-overlay></div>
<kanmai-rail for="film" media="film-01"></kanmai-rail>
<kanmai-markers for="film" media="film-01"></kanmai-markers>
<kanmai-shelf for="film" media="film-01"></kanmai-shelf>
<kanmai-saved></kanmai-saved>
<kanmai-privacy></kanmai-privacy>`

export const usual = ({ endpoint }: Places): string =>
  `<script type="module" src="${endpoint}/dist/kanmai.js" data-endpoint="${endpoint}" data-publisher="demo" data-consent="granted"></script>`

/** A host's server for pages that make it hard for a guest, and the box their witness reports to. */
export interface HostileSite {
  url: string
  /** Address of a page; its clicks are told of `placement`. */
  address(page: HostilePage, placement: string): string
  /** What the witness of the page saw, by its placement. */
  report(placement: string, patience?: number): Promise<string>
  stop(): void
}

export async function startHostileSite(endpoint: string): Promise<HostileSite> {
  const reports = new Map<string, string>()
  const waiting = new Map<string, (report: string) => void>()
  let origin = ''
  const placesOf = (page: HostilePage): Places => ({ site: origin, endpoint: page.same ? origin : endpoint })

  function htmlOf(page: HostilePage, placement: string): string {
    const places = placesOf(page)
    const script = (name: string, code: string | undefined, type = '') => (code === undefined ? '' : `<script${type} src="${origin}/page/${page.name}/${name}.js"></script>`)
    return `<!doctype html><html lang="en"${page.root ?? ''}><meta charset="utf-8"><title>${page.name}</title><link rel="icon" href="data:,">
<script src="${origin}/witness.js" data-report="${origin}/report/${placement}" data-wanted="${(page.tags ?? allTags).join()}" data-hold="${page.hold ?? ''}"></script>
${page.head?.(places) ?? ''}${script('first', page.first)}<body>${host}<script src="${origin}/mark.js"></script>
<link rel="stylesheet" href="${places.endpoint}/dist/kanmai.css">${(page.kanmai ?? usual)(places)}
${page.body?.(places) ?? ''}${tags(places, placement)}${script('then', page.then, ' type="module"')}`
  }

  /** Another version of the library: the same files, which say so. */
  function otherVersion(path: string): string | undefined {
    const [, version, file] = /^\/dist-(\d+\.\d+\.\d+)\/(.+)$/.exec(path) ?? []
    return version && readFileSync(join(root, 'dist', file!), 'utf8').replaceAll('0.1.0', version)
  }

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const inner = ask(endpoint + request.url, { method: request.method, headers: { ...request.headers, host: new URL(endpoint).host } }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    inner.on('error', () => response.destroy())
    response.on('close', () => inner.destroy())
    request.pipe(inner)
  }

  async function take(placement: string, request: IncomingMessage): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    reports.set(placement, text)
    waiting.get(placement)?.(text)
  }

  const send = (response: ServerResponse, type: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    void response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', ...headers }).end(body)

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, 'http://site')
    const [, room, name, part] = pathname.split('/')
    const page = pages.find((it) => it.name === name)
    if (room === 'report') return void take(name!, request).then(() => send(response, 'text/plain', ''))
    if (pathname === '/witness.js') return send(response, types['.js']!, witness)
    if (pathname === '/mark.js') return send(response, types['.js']!, 'witness.mark()')
    if (room === 'page' && page && part) return send(response, types['.js']!, (part === 'first.js' ? page.first : page.then) ?? '')
    if (room === 'page' && page) {
      const placement = searchParams.get('placement')!
      const policy = page.policy?.(placesOf(page))
      if (!page.frame || searchParams.has('inner')) return send(response, types['.html']!, htmlOf(page, placement), policy ? { 'content-security-policy': policy } : {})
      // A frame has no address to report to: the page around it does.
      const inner = `${origin}/page/${page.name}?inner&placement=${placement}`
      const outer = `<!doctype html><link rel="icon" href="data:,"><script>addEventListener('message', ({ data }) => data.report && fetch('/report/${placement}', { method: 'POST', body: data.report }))</script>
<iframe width="1000" height="700" ${page.frame(inner, htmlOf(page, placement).replaceAll('&', '&amp;').replaceAll('"', '&quot;'))}></iframe>`
      return send(response, types['.html']!, outer)
    }
    const other = otherVersion(pathname)
    if (other) return send(response, types['.js']!, other)
    const file = join(root, pathname)
    if (pathname.startsWith('/node_modules/') && existsSync(file)) return send(response, types[extname(file)] ?? 'text/plain', readFileSync(file))
    if (/^\/(dist|v1|demo)\//.test(pathname)) return pass(request, response)
    response.writeHead(404).end()
  }

  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: origin,
    address: (page, placement) => `${origin}/page/${page.name}?placement=${placement}`,
    report: (placement, patience = 40_000) =>
      new Promise((resolve, reject) => {
        const known = reports.get(placement)
        if (known !== undefined) return resolve(known)
        const timer = setTimeout(() => reject(new Error('the witness of the page does not report')), patience)
        waiting.set(placement, (it) => {
          clearTimeout(timer)
          resolve(it)
        })
      }),
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
