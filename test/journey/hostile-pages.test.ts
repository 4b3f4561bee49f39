import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { installedEngines } from '../support/browsers.ts'
import { openHostileGround, type HostileGround } from '../support/hostile/hostile-ground.ts'
import { pages } from '../support/hostile/pages.ts'

/** One of each kind, and what engines do differently; the battery has them all. */
const chosen = [
  'plain', 'self', 'trusted-types', 'beside-lit', 'refused-trusted-types', 'sandboxed', 'base', 'to-json', 'array-enumerable',
  'array-throws-later', 'ses', 'iife-and-module', 'newer-major-first', 'tags-taken', 'inherited-styles', 'reparented', 'removed-mid-drain',
]

for (const engine of installedEngines()) {
  describe(`hostile pages in ${engine}`, { timeout: 400_000 }, () => {
    let ground: HostileGround
    before(async () => {
      ground = await openHostileGround(engine)
    })
    after(() => ground?.close())

    for (const page of pages.filter(({ name }) => chosen.includes(name))) {
      it(`${page.name}: Kanmai ${page.expects === 'works' ? 'works, and nothing leaks either way' : 'stands back with one line'}`, async () => {
        assert.deepEqual(await ground.flaws(page), [])
      })
    }
  })
}
