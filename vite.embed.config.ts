import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { minifyTemplates, ownTrustedTypesPolicy } from './scripts/embed-plugins.mjs'

/** What hosts load by a script tag: KANMAI_BUILD=module (entry and chunks) or =iife (one file). */
const iife = process.env['KANMAI_BUILD'] === 'iife'

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
      output: { minify: true, ...(iife ? {} : { chunkFileNames: 'chunks/[name]-[hash].js' }) },
    },
  },
})
