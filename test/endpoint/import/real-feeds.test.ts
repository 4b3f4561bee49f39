import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { importing } from './import.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/feeds/', import.meta.url))
const feed = (name: string) => readFileSync(folder + name)

describe('importFeed on real feeds', { skip: !existsSync(folder) && 'needs ../shared/data' }, () => {
  it('reads an Atom feed of 957 entries, of which one has no id and two repeat one', async () => {
    const { summary, rows, issues } = await importing(feed('bigcommerce-ajmoss-atom.xml'))
    assert.deepEqual(issues, ['5591: the row has no id'])
    const { format, read, added, updated, skipped } = summary
    assert.deepEqual({ format, read, added, updated, skipped }, { format: 'google-xml', read: 957, added: 954, updated: 2, skipped: 1 })
    assert.ok(rows.every(({ item }) => item.price?.now.currency === 'USD' && item.availability === 'in_stock'))
    assert.equal(rows.filter(({ item }) => !item.image).length, 1)
    assert.equal(rows.filter(({ item }) => item.description === undefined).length, 4)
    assert.equal(rows.filter(({ item }) => /&(?:quot|amp|nbsp|#\d+);|<\w/.test(item.description ?? '')).length, 0)
    assert.match(rows[0]!.item.description!, /^26" x 26" \+ 2\.5" flanged edge/)
  })
  it('reads RSS with two prefixes of one namespace, and skips the blank title', async () => {
    const { rows, issues } = await importing(feed('insider-google-merchant.xml'))
    assert.deepEqual(issues, ['4: 150: the row has no title'])
    assert.deepEqual(rows.map(({ rawId, item }) => [rawId, item.price]), [
      ['1_black0', { now: { minor: 1913, currency: 'TRY' }, was: { minor: 2400, currency: 'TRY' } }],
    ])
    assert.match(rows[0]!.target, /html#\/1-size-s\/11-color-black$/)
  })
  it('reads a Spanish TSV with several pictures in a cell', async () => {
    const { summary, rows, issues } = await importing(feed('urbantech-co-excerpt.tsv'))
    assert.deepEqual(issues, [])
    assert.equal(summary.format, 'google-tsv')
    assert.deepEqual(rows.map(({ item }) => item.images?.length), [4, 4, 4, undefined])
    assert.deepEqual(rows[0]!.item.price?.now, { minor: 448000000, currency: 'COP' })
    assert.match(rows[0]!.item.description!, /garantía, envío gratis/)
    assert.deepEqual(rows[2]!.item.badges, ['refurbished'])
  })
  it('reads 3,226 rows of ISO-8859-1 without a header once it is told the columns', async () => {
    const data = feed('leipzig_GoogleProducts.csv')
    assert.match((await importing(data)).issues[0]!, /^1: the first line names no columns/)
    const { summary, rows, issues } = await importing(data, { columns: ['id', 'name', 'description', 'manufacturer', 'price'], currency: 'USD' })
    assert.deepEqual(issues, [])
    assert.deepEqual([summary.read, summary.added, summary.skipped], [3226, 3226, 0])
    assert.equal(rows.filter(({ item }) => item.price?.now.currency === 'GBP').length, 62)
    assert.equal(rows.filter(({ item }) => item.price).length, 3226)
    assert.equal(rows.filter(({ item }) => /\ufffd/.test(item.title + item.description)).length, 0)
  })
})
