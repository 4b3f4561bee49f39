import { existsSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
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
  /** Addresses that readers came to in the shop, as it saw them: without its own name. */
  readonly visits: string[]
  /** Serves a page at a path. */
  put(path: string, page: { html: string; headers?: Record<string, string> }): void
  /** Hears of every event that an element of the page dispatched, before Kanmai does. */
  onKey(run: string, hear: (key: string) => void): void
  /** Has a page without automation do something, and resolves with its answer; `code` is an expression. */
  errand(run: string, code: string): Promise<unknown>
  close(): void
}

interface Errand {
  code: string
  /** It has been fetched: another page does not do it again. */
  fetched: boolean
  done(answer: unknown): void
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, { html: string; headers?: Record<string, string> }>()
  const ears = new Map<string, (key: string) => void>()

  const errands = new Map<string, Errand>()

  /** Answers when there is something to do, or with nothing after a while. */
  async function giveErrand(run: string, response: ServerResponse): Promise<void> {
    for (let tries = 0; tries < 500 && !response.destroyed; tries++) {
      const errand = errands.get(run)
      if (errand && !errand.fetched) {
        errand.fetched = true
        return void response.end(errand.code)
      }
      await pause(20)
    }
    response.end()
  }

  async function takeAnswer(run: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const errand = errands.get(run)
    errands.delete(run)
    errand?.done(((await json(request)) as { answer: unknown }).answer)
    response.end()
  }

  const visits: string[] = []

  function answer(path: string, request: IncomingMessage, response: ServerResponse): void {
    const [, room, run, key] = path.split('/')
    if (room === 'errand') return void (request.method === 'POST' ? takeAnswer(run!, request, response) : giveErrand(run!, response))
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
    if (/\/shop\.html$/.test(path)) visits.push(request.url!)
    if (!/\.\w+$/.test(path) || path.endsWith('.html')) return void response.setHeader('content-type', types['.html']!).end(elsewhere)
    response.writeHead(404).end()
  }

  const server = createServer((request, response) => answer(new URL(request.url!, 'http://site').pathname, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    elsewhere: `http://localhost:${port}`,
    visits,
    put: (path, page) => void pages.set(path, page),
    onKey: (run, hear) => void ears.set(run, hear),
    errand: (run, code) => new Promise((done) => errands.set(run, { code, fetched: false, done })),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
