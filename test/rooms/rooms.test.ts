import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = join(root, 'src')

/** Which rooms a room may import from, besides itself, and which packages it may reach for. */
const rooms: Record<string, { rooms: string[]; packages: string[] }> = {
  contract: { rooms: [], packages: ['valibot'] },
  locale: { rooms: [], packages: [] },
  core: { rooms: ['contract'], packages: [] },
  networks: { rooms: ['contract', 'core'], packages: ['valibot'] },
  player: { rooms: ['contract', 'core'], packages: [] },
  page: { rooms: ['contract', 'core'], packages: [] },
  elements: { rooms: ['contract', 'core', 'locale', 'player'], packages: ['lit', '@floating-ui/dom'] },
  tracking: { rooms: ['contract', 'core'], packages: [] },
  transport: { rooms: ['contract'], packages: [] },
  runtime: {
    rooms: ['contract', 'core', 'locale', 'player', 'page', 'elements', 'tracking', 'transport'],
    packages: ['nanostores'],
  },
  endpoint: {
    rooms: ['contract', 'core', 'networks'],
    packages: ['hono', 'valibot', 'pg', '@electric-sql/pglite', 'saxes', 'rate-limiter-flexible', 'isbot', '@hono/node-server'],
  },
  cli: { rooms: ['contract', 'core', 'networks', 'endpoint'], packages: ['cli-progress'] },
  // The entries that browsers load.
  '': { rooms: ['contract', 'core', 'locale', 'player', 'page', 'elements', 'tracking', 'transport', 'runtime'], packages: [] },
}

/** Words that only some rooms may say, and where they stand. */
const tools: { word: RegExp; what: string; rooms: string[]; files?: RegExp }[] = [
  { word: /(?<!\.)\bfetch\(|sendBeacon|new EventSource/, what: 'the network', rooms: ['transport', 'cli'] },
  { word: /\bindexedDB\b|openDB\(|BroadcastChannel|navigator\.locks|__tcfapi|__gpp|__uspapi/, what: 'IndexedDB, locks, channels and consent', rooms: ['page'] },
  { word: /document\.cookie/, what: 'storage that leaks', rooms: [] },
  // It loses what was written last when a browser is killed; nothing else is there before the first event.
  { word: /\blocalStorage\b/, what: 'storage that loses', rooms: ['page'], files: /page\/objection/ },
  // A visit is a tab's own and ends with it; a number lost there hides a hole and makes none.
  { word: /\bsessionStorage\b/, what: 'the storage of a tab', rooms: ['page'], files: /page\/visit/ },
  { word: /\bSELECT\s[^]*\bFROM\b|\bINSERT INTO\b|\bDELETE FROM\b/, what: 'SQL', rooms: ['endpoint'], files: /endpoint\/store\// },
  { word: /\bDate\.now\(|new Date\(\)|performance\.now\(|Math\.random\(/, what: 'the clock and chance', rooms: ['player', 'page', 'elements', 'runtime', 'transport', 'endpoint', 'cli', ''] },
]

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : []
  })
}

const roomOf = (path: string): string => {
  const steps = relative(source, path).split(sep)
  return steps.length > 1 ? steps[0]! : ''
}

function imports(path: string): string[] {
  return ts.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles.map((it) => it.fileName)
}

const withoutComments = (code: string): string => code.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

describe('the rooms', () => {
  for (const path of files(source)) {
    const name = relative(source, path)
    const room = roomOf(path)
    const allowed = rooms[room]

    it(`${name} imports only what its room may`, () => {
      assert.ok(allowed, `src/${room} is no room of the table`)
      for (const target of imports(path)) {
        if (target.startsWith('.')) {
          const full = resolve(dirname(path), target)
          assert.ok(existsSync(full), `${name} imports ${target}, which is not there`)
          const other = roomOf(full)
          assert.ok(other === room || allowed.rooms.includes(other), `${name} (${room || 'entry'}) may not import from ${other || 'an entry'}: ${target}`)
        } else {
          const isNode = target.startsWith('node:')
          const packageName = target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/')
          const nodeRooms = room === 'cli' || /^endpoint\/(serve|store)\//.test(name.replaceAll(sep, '/'))
          assert.ok(isNode ? nodeRooms : allowed.packages.includes(packageName), `${name} (${room || 'entry'}) may not import ${target}`)
        }
      }
    })

    it(`${name} touches only what its room may`, () => {
      const code = withoutComments(readFileSync(path, 'utf8'))
      for (const { word, what, rooms: may, files: only } of tools) {
        const here = may.includes(room) && (!only || only.test(path.replaceAll(sep, '/')))
        if (!here) assert.doesNotMatch(code, word, `${name} touches ${what}`)
      }
    })
  }

  it('have no cycle of imports', () => {
    const state = new Map<string, 'open' | 'done'>()
    const visit = (path: string, way: string[]): void => {
      if (state.get(path) === 'done') return
      assert.ok(state.get(path) !== 'open', `a cycle: ${[...way, path].map((it) => relative(source, it)).join(' → ')}`)
      state.set(path, 'open')
      // Types do not run, and what is imported late is there by then.
      const code = readFileSync(path, 'utf8')
      for (const [, target] of code.matchAll(/^(?:import|export)\s+(?!type\b)[^'"\n]*?from\s+['"](\.[^'"]+)['"]/gm)) {
        visit(resolve(dirname(path), target!), [...way, path])
      }
      state.set(path, 'done')
    }
    for (const path of files(source)) visit(path, [])
  })

  it('let no browser entry reach the endpoint or the command', () => {
    const reached = new Set<string>()
    const visit = (path: string): void => {
      if (reached.has(path)) return
      reached.add(path)
      for (const target of imports(path)) if (target.startsWith('.')) visit(resolve(dirname(path), target))
    }
    files(source).filter((path) => roomOf(path) === '').forEach(visit)
    const wrong = [...reached].filter((path) => ['endpoint', 'cli'].includes(roomOf(path)))
    assert.deepEqual(wrong.map((path) => relative(source, path)), [])
  })
})

describe('the bundles', () => {
  const dist = join(root, 'dist')
  const bundles = existsSync(join(dist, 'kanmai.js'))
    ? ['kanmai.js', 'kanmai.iife.js', ...readdirSync(join(dist, 'chunks')).map((name) => `chunks/${name}`)].filter((name) => name.endsWith('.js'))
    : []

  it('were built', { skip: bundles.length ? false : 'npm run build makes them' }, () => {
    for (const name of bundles) {
      const code = readFileSync(join(dist, name), 'utf8')
      assert.doesNotMatch(code, /pglite|hono|INSERT INTO|["'`]node:/i, `${name} carries a piece of the endpoint`)
      assert.doesNotMatch(code, /createPolicy\(["'`]lit-html/, `${name} would collide with a host's own lit`)
      assert.doesNotMatch(code, /process\.env/, `${name} asks for a process`)
      assert.doesNotMatch(code, /\beval\(|new Function\(/, `${name} needs unsafe-eval`)
    }
  })
})
