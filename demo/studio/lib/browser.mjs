import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import puppeteer from 'puppeteer-core'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json' }
const root = new URL('../../../', import.meta.url).pathname

function collect(request) {
  return new Promise((resolve, reject) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
}

/** Serves the checkout to the page and hands posted pixels (RGBA, bottom row first) to `onPixels`. */
function serve(onPixels) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://studio').pathname)
    if (request.method === 'POST') {
      await onPixels(path.replace('/pixels/', ''), await collect(request))
      return response.end('kept')
    }
    const file = join(root, normalize(path))
    if (!existsSync(file) || !types[extname(file)]) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(file)] })
    createReadStream(file).pipe(response)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** Opens the studio page in a headless browser; returns the page and the function that closes everything. */
export async function openStudio(onPixels) {
  const server = await serve(onPixels)
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', protocolTimeout: 0,
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-background-networking', '--disable-gpu-watchdog'],
  })
  const page = await browser.newPage()
  page.on('console', (message) => { if (!/404|GPU stall/.test(message.text())) console.error(message.text()) })
  page.on('pageerror', (error) => console.error(error))
  await page.goto(`http://127.0.0.1:${server.address().port}/demo/studio/studio.html`)
  await page.waitForFunction(() => document.title === 'ready', { timeout: 60_000 })
  return {
    page,
    async close() {
      await browser.close()
      server.close()
    },
  }
}
