import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { minifyTemplates, ownTrustedTypesPolicy } from './scripts/embed-plugins.mjs'

/** What hosts load by a script tag: KANMAI_BUILD=module (entry and chunks) or =iife (one file). */
const iife = process.env['KANMAI_BUILD'] === 'iife'

const within = (...paths: string[]) => new RegExp(`/src/(${paths.join('|')})`)

/**
 * Few files, each for one moment: the entry has what every page needs, with the card that all tags show; then what
 * counts and completes, when the page is idle; then a file for each thing a page may have besides.
 */
const groups = [
  { name: 'later', test: within('runtime/books', 'tracking/', 'page/(consent|leaving|locks|signal|watch)', 'core/(consent|backoff|uuid|outbox)', 'elements/(card-details|viewability|offer-words|page-controller)', 'core/(viewability|price|offer)', 'transport/(signals|failure)', 'locale/(messages|en-more)'), priority: 2 },
  { name: 'film', test: within('elements/(overlay|rail|film|kanmai-overlay|kanmai-rail)', 'player/', 'core/(timeline|track|picture|marker|frame-clock|live-second|clock-time|player)', 'runtime/media', 'transport/media'), priority: 2 },
]

export default defineConfig({
  plugins: [minifyTemplates, ownTrustedTypesPolicy],
  resolve: { alias: { valibot: fileURLToPath(new URL('src/contract/small-valibot.ts', import.meta.url)) } },
  define: { 'process.env.NODE_ENV': '"production"' },
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: ['chrome100', 'safari16.4', 'firefox115'],
    minify: 'oxc',
    reportCompressedSize: false,
    lib: iife
      ? { entry: 'src/embed-iife.ts', formats: ['iife'], name: 'kanmai', fileName: () => 'kanmai.iife.js' }
      : { entry: { kanmai: 'src/embed.ts' }, formats: ['es'], fileName: () => 'kanmai.js' },
    rollupOptions: {
      // What entry and chunks share stays in the entry, instead of in files of a few bytes each.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
        ...(iife ? {} : { chunkFileNames: 'chunks/[name]-[hash].js', codeSplitting: { groups, includeDependenciesRecursively: false } }),
      },
    },
  },
})
