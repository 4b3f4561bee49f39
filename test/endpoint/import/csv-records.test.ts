import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { csvRecords, delimiterOf } from '../../../src/endpoint/import/csv-records.ts'

function read(text: string, delimiter = ',', size = text.length || 1) {
  const records = csvRecords(delimiter)
  const out = []
  for (let at = 0; at < text.length; at += size) out.push(...records.read(text.slice(at, at + size)))
  return [...out, ...records.end()]
}
const cells = (text: string, delimiter?: string) => read(text, delimiter).map((it) => it.cells)

describe('csvRecords', () => {
  it('reads quotes, doubled quotes and embedded line ends', () => {
    assert.deepEqual(cells('a,"b,""c""",d\n"x\r\ny",,z'), [['a', 'b,"c"', 'd'], ['x\r\ny', '', 'z']])
  })
  it('takes every kind of line end', () => assert.deepEqual(cells('a\nb\r\nc\rd'), [['a'], ['b'], ['c'], ['d']]))
  it('leaves out empty lines, not lines of empty cells', () => assert.deepEqual(cells('a,b\n\n\r\n,\n'), [['a', 'b'], ['', '']]))
  it('lets a quote within a cell be', () => assert.deepEqual(cells('26" sham,"x"y'), [['26" sham', 'xy']]))
  it('names the line at which a record begins', () => {
    assert.deepEqual(read('a\n"b\nc\r\nd"\r\n\ne').map((it) => it.line), [1, 2, 6])
  })
  it('gives an empty last cell', () => assert.deepEqual(cells('a,b,'), [['a', 'b', '']]))
  it('drops a record without end and reads on', () => {
    const [long, next] = read(`a,${'x'.repeat(1_200_000)}\nb,c`, ',', 10_000)
    assert.deepEqual(long, { line: 1, cells: [], tooLong: true })
    assert.deepEqual(next, { line: 2, cells: ['b', 'c'] })
  })
  it('drops a line of nothing but delimiters without end', () => {
    assert.deepEqual(read(`${','.repeat(1_100_000)}\nb`), [{ line: 1, cells: [], tooLong: true }, { line: 2, cells: ['b'] }])
  })

  const cell = fc.string({ unit: fc.constantFrom(...'ab,;"\n\r\t |看'), maxLength: 8 })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
  it('reads back what was written, in pieces of any size', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 9 }), (rows, delimiter, end, size) => {
        const written = rows.map((row) => row.map((it) => `"${it.replaceAll('"', '""')}"`).join(delimiter)).join(end)
        assert.deepEqual(read(written, delimiter, size).map((it) => it.cells), rows)
      }),
      { numRuns: 1000 },
    )
  })
  it('reads the same whatever the pieces', () => {
    fc.assert(fc.property(cell, cell, fc.integer({ min: 1, max: 5 }), (a, b, size) => assert.deepEqual(read(a + b, ',', size), read(a + b))))
  })
})

describe('delimiterOf', () => {
  const cases: [string, string][] = [
    ['id\ttitle, long\tlink', '\t'],
    ['id;title;price\n1;a,b;1,5,6,7', ';'],
    ['id,title', ','],
    ['"a;b;c",d', ','],
    ['id|title|link', '|'],
    ['one', '\t'],
  ]
  for (const [head, expected] of cases) it(`finds ${JSON.stringify(expected)} in ${JSON.stringify(head)}`, () => assert.equal(delimiterOf(head), expected))
})
