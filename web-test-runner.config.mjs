import { writeFileSync } from 'node:fs'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter } from '@web/test-runner'
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

const flat = (suite) => [...suite.tests, ...suite.suites.flatMap(flat)]

/** Says how each engine did, and leaves the figures of the run in the file that KANMAI_TEST_RESULT names. */
const figures = {
  onTestRunFinished({ sessions }) {
    const total = { passed: 0, failed: 0, skipped: 0 }
    const engines = new Map()
    for (const { browser, testResults, passed } of sessions) {
      const tests = testResults ? flat(testResults) : []
      const skipped = tests.filter((test) => test.skipped).length
      const good = tests.filter((test) => test.passed && !test.skipped).length
      const bad = tests.length - good - skipped
      // A file that could not run at all counts as one that failed.
      const counts = { passed: good, failed: bad || (passed ? 0 : 1), skipped }
      const engine = engines.get(browser.name) ?? { passed: 0, failed: 0, skipped: 0 }
      engines.set(browser.name, engine)
      for (const key of Object.keys(counts)) {
        engine[key] += counts[key]
        total[key] += counts[key]
      }
    }
    for (const [name, { passed, failed, skipped }] of engines) console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
    if (process.env.KANMAI_TEST_RESULT) writeFileSync(process.env.KANMAI_TEST_RESULT, JSON.stringify(total))
  },
}

export default {
  files: ['test/**/*.browser.ts'],
  nodeResolve: { exportConditions: ['browser'] },
  concurrency: 1,
  concurrentBrowsers: 1,
  browsers: await engines(process.env.KANMAI_ENGINES),
  plugins: [production, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.browser.json' })],
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: Boolean(process.stdout.isTTY) }), figures],
  testFramework: { config: { ui: 'bdd', timeout: 15_000 } },
  testsFinishTimeout: 240_000,
}
