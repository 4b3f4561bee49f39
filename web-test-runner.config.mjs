import { esbuildPlugin } from '@web/dev-server-esbuild'
import { engines } from './test/support/engines.mjs'

// nanostores asks for NODE_ENV, which only a bundler knows.
const production = {
  name: 'production',
  transform(context) {
    if (context.response.is('js') && String(context.body).includes('process.env.NODE_ENV')) {
      return String(context.body).replaceAll('process.env.NODE_ENV', '"production"')
    }
  },
}

export default {
  files: ['test/**/*.browser.ts'],
  nodeResolve: { exportConditions: ['browser'] },
  concurrency: 1,
  concurrentBrowsers: 1,
  browsers: await engines(process.env.KANMAI_ENGINES),
  plugins: [production, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.browser.json' })],
  testFramework: { config: { ui: 'bdd', timeout: 15_000 } },
  testsFinishTimeout: 240_000,
}
