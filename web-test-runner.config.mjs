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

/** Leaves the figures of the run in the file that KANMAI_TEST_RESULT names. */
const figures = {
  onTestRunFinished({ sessions }) {
    const file = process.env.KANMAI_TEST_RESULT
    if (!file) return
    const tests = sessions.flatMap((session) => (session.testResults ? flat(session.testResults) : []))
    const broken = sessions.filter((session) => !session.passed && !(session.testResults && flat(session.testResults).some((it) => !it.passed && !it.skipped)))
    const skipped = tests.filter((test) => test.skipped).length
    const passed = tests.filter((test) => test.passed && !test.skipped).length
    writeFileSync(file, JSON.stringify({ passed, skipped, failed: tests.length - passed - skipped + broken.length }))
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
