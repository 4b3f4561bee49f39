import { existsSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const pageScript = readFileSync(new URL('page.js', import.meta.url), 'utf8')
/** Where readers go: the next page, the shop. */
const elsewhere = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><p>Another page'
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }

/** The host's own server: the page under test, the builds as from a CDN, places to go to, and the ledger's letter box. */
export interface Site {
  url: string
  /** The same server under a name that is another site to browsers. */
  elsewhere: string
  /** Serves a page at a path. */
  put(path: string, page: { html: string; headers?: Record<string, string> }): void
  /** Hears of every event that an element of the page dispatched, before Kanmai does. */
  onKey(run: string, hear: (key: string) => void): void
  close(): void
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, { html: string; headers?: Record<string, string> }>()
  const ears = new Map<string, (key: string) => void>()

  function answer(path: string, response: ServerResponse): void {
    const [, room, run, key] = path.split('/')
    if (room === 'ledger') {
      ears.get(run!)?.(decodeURIComponent(key!))
      return void response.writeHead(204).end()
    }
    if (path === '/page.js') return void response.setHeader('content-type', types['.js']!).end(pageScript)
    const page = pages.get(path)
    if (page) return void response.writeHead(200, { 'content-type': 'text/html', ...page.headers }).end(page.html)
    const file = join(dist, path.replace(/^\/dist\//, ''))
    if (path.startsWith('/dist/') && !path.includes('..') && existsSync(file)) {
      return void response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain', 'cache-control': 'max-age=600' }).end(readFileSync(file))
    }
    if (!/\.\w+$/.test(path) || path.endsWith('.html')) return void response.setHeader('content-type', types['.html']!).end(elsewhere)
    response.writeHead(404).end()
  }

  const server = createServer((request, response) => answer(new URL(request.url!, 'http://site').pathname, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    elsewhere: `http://localhost:${port}`,
    put: (path, page) => void pages.set(path, page),
    onKey: (run, hear) => void ears.set(run, hear),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
