import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** A file and what it imports as one script for a page, with the small schemas that the script-tag builds carry. */
export async function bundleForPage(entry: URL): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { valibot: fileURLToPath(new URL('../../src/contract/small-valibot.ts', import.meta.url)) } },
    build: { write: false, minify: false, lib: { entry: fileURLToPath(entry), formats: ['iife'], name: 'forPage' } },
  })
  const [built] = Array.isArray(result) ? result : [result]
  if (!built || !('output' in built)) throw new Error('vite built nothing')
  return built.output[0].code
}
