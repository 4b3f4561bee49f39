import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { recorded } from '../../battery/record.ts'

const order = (name: string): number => 'BS'.indexOf(name[0]!) * 100 + Number(/\d+/.exec(name))
const headings = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('## '))

describe('the record of the battery', () => {
  const first = recorded('', 'S1 Killed (PGlite)', 'five kills', order)

  it('begins with what it is', () => assert.match(first, /^# The fault battery, whole\n/))
  it('keeps its groups in the order of the battery', () => {
    const text = ['B10 Back (chromium)', 'B2 Leaving (chromium)', 'B2 Leaving (firefox)'].reduce((text, name) => recorded(text, name, 'rows', order), first)
    assert.deepEqual(headings(text), ['## B2 Leaving (chromium)', '## B2 Leaving (firefox)', '## B10 Back (chromium)', '## S1 Killed (PGlite)'])
  })
  it('has the last run of a group only', () => {
    const text = recorded(first, 'S1 Killed (PGlite)', 'a hundred kills', order)
    assert.deepEqual([headings(text).length, text.includes('five'), text.includes('a hundred')], [1, false, true])
  })
  it('has of each engine the last run', () => {
    const rows = (...engines: string[]) => ['| fault | engine |', '| --- | --- |', ...engines.map((it) => `| a \\| b | ${it} |`)].join('\n')
    const both = recorded(first, 'B2 Leaving (chromium, firefox)', `one\n\n${rows('chromium', 'firefox')}`, order)
    const text = recorded(both, 'B2 Leaving (firefox)', `two\n\n${rows('firefox')}`, order)
    assert.deepEqual(headings(text), ['## B2 Leaving (chromium)', '## B2 Leaving (firefox)', '## S1 Killed (PGlite)'])
    assert.equal(text.match(/\| firefox \|/g)!.length, 1)
    assert.ok(text.indexOf('one') < text.indexOf('| chromium |') && text.indexOf('| chromium |') < text.indexOf('two'))
    assert.deepEqual(headings(recorded(text, 'B2 Leaving (chromium, firefox)', rows('chromium', 'firefox'), order)), ['## B2 Leaving (chromium, firefox)', '## S1 Killed (PGlite)'])
  })
  it('is the same when the same is written again', () => assert.equal(recorded(first, 'S1 Killed (PGlite)', 'five kills', order), first))
})
