// Every test: shared rooms, endpoint and journeys in Node, the rest in every browser engine that is installed.
// `node scripts/test.mjs [node|browser] [part of a file's name …]`
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, findFirefox, findWebKit } from '../test/support/engines.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const note = (line) => console.log(`\n▸ ${line}`)

const args = process.argv.slice(2)
const kinds = ['node', 'browser'].filter((kind) => args.includes(kind))
const names = args.filter((arg) => !kinds.includes(arg))
const runs = (kind) => !kinds.length || kinds.includes(kind)
const temporary = mkdtempSync(join(tmpdir(), 'kanmai-test-'))

function findTests(folder, ending) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? findTests(path, ending) : path.endsWith(ending) ? [path] : []
    })
    .filter((path) => !names.length || names.some((name) => path.includes(name)))
}

/** The tests need one real browser; a bare Debian or Ubuntu can fetch it itself. */
function ensureBrowser() {
  if (findChromium()) return
  const debian = existsSync('/etc/debian_version')
  if (!debian || process.getuid?.() !== 0) {
    console.error('No Chromium found. Install Chrome or Chromium, or name one: CHROME_PATH=/path/to/chrome npm test')
    process.exit(1)
  }
  note('no browser found: installing chromium')
  const apt = (...words) =>
    spawnSync('apt-get', ['-qq', ...words], { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'chromium')
  if (!findChromium()) {
    console.error('apt-get could not install chromium; name a browser: CHROME_PATH=/path/to/chrome npm test')
    process.exit(1)
  }
}

const counts = { passed: 0, failed: 0, skipped: 0 }
const count = (more) => Object.keys(counts).forEach((key) => (counts[key] += more[key]))

function runNode() {
  const files = findTests('test', '.test.ts')
  if (!files.length) return
  note(`${files.length} test files in Node`)
  const tap = join(temporary, 'node.tap')
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--import', './scripts/ts.mjs', '--import', './test/support/seed.ts', '--test'],
      ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
      ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
      ...files,
    ],
    { stdio: 'inherit' },
  )
  const output = existsSync(tap) ? readFileSync(tap, 'utf8') : ''
  const number = (word) => Number(output.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0)
  const failed = number('fail') + number('cancelled')
  count({ passed: number('pass'), failed: failed || (status ? 1 : 0), skipped: number('skipped') + number('todo') })
}

function runBrowsers() {
  const files = findTests('test', '.browser.ts')
  if (!files.length) return
  const engines = [['Chromium', findChromium()], ['Firefox', findFirefox()], ['WebKitGTK', findWebKit()]]
  const present = engines.filter(([, found]) => found).map(([name]) => name)
  note(`${files.length} test files in ${present.join(', ')}`)
  const result = join(temporary, 'browsers.json')
  const { status } = spawnSync(process.execPath, ['node_modules/@web/test-runner/dist/bin.js', '--files', ...files], {
    stdio: 'inherit',
    env: { ...process.env, KANMAI_TEST_RESULT: result },
  })
  const found = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : { passed: 0, failed: 0, skipped: 0 }
  if (status && !found.failed) found.failed = 1
  count(found)
}

ensureBrowser()
note('building')
if (spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { stdio: 'inherit' }).status) process.exit(1)
if (runs('node')) runNode()
if (runs('browser')) runBrowsers()
rmSync(temporary, { recursive: true, force: true })
console.log(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
process.exit(counts.failed || !counts.passed ? 1 : 0)
