import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { sendPart } from './send-part.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.webm': 'video/webm', '.mp4': 'video/mp4' }

export interface PlayerSite {
  url: string
  stop(): void
}

/** Serves pages by their path, with these headers, each with the elements, media-chrome and video.js built from their packages, and the fixtures beside. */
export async function startPlayerSite(pages: Record<string, string>, headers: Record<string, string> = {}): Promise<PlayerSite> {
  const dir = mkdtempSync(join(tmpdir(), 'kanmai-players-'))
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir: dir, minify: false, lib: { entry: join(root, 'test/support/player-page.ts'), formats: ['es'], fileName: () => 'page.js' } },
  })
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Players</title><script type="module" src="/page.js"></script>'
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname
    const page = pages[path]
    if (page !== undefined) return void response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(head + page)
    const type = types[extname(path)]
    const file = [dir, join(root, 'test/fixtures'), join(root, 'node_modules/video.js/dist')].map((folder) => join(folder, path))
    for (const it of file) {
      try {
        const body = readFileSync(it)
        return void sendPart(request, response.setHeader('content-type', type ?? 'text/plain'), body)
      } catch {
        // It stands in another folder, or nowhere.
      }
    }
    response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
