import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { litAsGuest, minifyAgain, minifyTemplates, pureSchemas } from './scripts/embed-plugins.mjs'

/** What hosts load by a script tag: KANMAI_BUILD=module (entry and chunks) or =iife (one file). */
const iife = process.env['KANMAI_BUILD'] === 'iife'

/**
 * Few files, each for one moment, named with what is asked for by import(): the entry has what every page needs, with the
 * card that all tags show; then what counts and completes, when the page is idle; what other tags say; what mends a bad
 * answer; what several tags share; what a film needs. A module goes into the first file that needs it.
 */
const files = {
  kanmai: ['embed'],
  later: [
    'runtime/books',
    'page/watch-tags',
    'elements/card-details',
    'elements/viewability-controller',
  ],
  words: ['elements/page-controller'],
  mend: ['contract/parse'],
  parts: ['elements/announcer', 'lit/directives/repeat.js'],
  film: ['elements/kanmai-overlay', 'elements/kanmai-rail', 'runtime/media'],
  markers: ['elements/kanmai-markers'],
  shelf: ['elements/kanmai-shelf'],
  privacy: ['elements/kanmai-privacy', 'runtime/privacy'],
  saved: ['elements/kanmai-saved', 'elements/save-button', 'runtime/saved'],
}

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}
const fileOf = new Map<string, string>()

function place(id: string, file: string, graph: ModuleGraph): void {
  if (fileOf.has(id)) return
  fileOf.set(id, file)
  const found = graph.getModuleInfo(id)
  if (!found) throw new Error(`${id} is not part of the build: mend the list of files in vite.embed.config.ts`)
  for (const it of found.importedIds) place(it, file, graph)
}

/** Name of the file a module goes into; null for one that has its own. */
function group(id: string, graph: ModuleGraph): string | null {
  if (!fileOf.size) {
    for (const [file, roots] of Object.entries(files)) {
      for (const root of roots) {
        const url = root.startsWith('lit/') ? import.meta.resolve(root) : new URL(`src/${root}.ts`, import.meta.url)
        place(fileURLToPath(url), file, graph)
      }
    }
  }
  return fileOf.get(id) ?? null
}

export default defineConfig({
  plugins: [minifyTemplates, pureSchemas, litAsGuest, minifyAgain],
  resolve: { alias: { valibot: fileURLToPath(new URL('src/contract/small-valibot.ts', import.meta.url)) } },
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { typescript: { removeClassFieldsWithoutInitializer: true } },
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
      checks: { pluginTimings: false },
      output: {
        // Marks for a bundler that comes after; none does.
        comments: false,
        minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
        ...(!iife && {
          chunkFileNames: 'chunks/[name]-[hash].js',
          codeSplitting: { groups: [{ name: group, debugName: 'files' }], includeDependenciesRecursively: false },
        }),
      },
    },
  },
})
