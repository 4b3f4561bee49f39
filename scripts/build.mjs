// Builds the library, the script-tag files and the demo site into dist/: `node scripts/build.mjs [--if-stale] [lib|embed|site …]`.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { transform } from 'lightningcss'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

const inputs = ['src', 'demo', 'scripts', 'package.json', 'package-lock.json', 'vite.embed.config.ts', 'tsconfig.build.json']
const stamp = 'dist/.inputs'

/** What the build is made of, told by names, sizes and times of change. */
function fingerprint() {
  const hash = createHash('sha256')
  const add = (path) => {
    const stat = statSync(path)
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
  }
  inputs.filter(existsSync).forEach(add)
  return hash.digest('hex')
}

function run(command, args, env = {}) {
  const { status } = spawnSync(process.execPath, [join('node_modules', command), ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
  })
  if (status !== 0) process.exit(status ?? 1)
}

const steps = {
  lib() {
    rmSync('dist/lib', { recursive: true, force: true })
    run('typescript/bin/tsc', ['-p', 'tsconfig.build.json'])
    // npm makes it so only where it installs the package; a later build would take it away.
    chmodSync('dist/lib/cli/main.js', 0o755)
  },
  embed() {
    rmSync('dist/chunks', { recursive: true, force: true })
    for (const kind of ['module', 'iife']) {
      run('vite/bin/vite.js', ['build', '-c', 'vite.embed.config.ts', '--logLevel', 'warn'], { KANMAI_BUILD: kind })
    }
    const css = transform({ filename: 'kanmai.css', code: readFileSync('src/kanmai.css'), minify: true })
    writeFileSync('dist/kanmai.css', css.code)
  },
  site() {
    rmSync('dist/site', { recursive: true, force: true })
    run('vite/bin/vite.js', ['build', '-c', 'demo/vite.config.ts', '--logLevel', 'warn'])
  },
}

const args = process.argv.slice(2)
const wanted = args.filter((arg) => arg in steps)
const now = fingerprint()
if (args.includes('--if-stale') && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) process.exit(0)

mkdirSync('dist', { recursive: true })
for (const step of wanted.length ? wanted : Object.keys(steps)) steps[step]()
if (!wanted.length) writeFileSync(stamp, now)
