import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const pages = readdirSync(here).filter((name) => name.endsWith('.html'))

/** The demo site: what a publisher would build. The library itself is loaded from /dist by script tag, never bundled. */
export default defineConfig({
  root: here,
  base: '/demo/',
  build: {
    outDir: fileURLToPath(new URL('../dist/site/demo', import.meta.url)),
    emptyOutDir: true,
    reportCompressedSize: false,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: {
      input: pages.map((name) => `${here}${name}`),
      external: (id) => id.startsWith('/dist/'),
    },
  },
})
