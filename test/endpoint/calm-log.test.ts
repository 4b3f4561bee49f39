import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { calmLog } from '../../src/endpoint/calm-log.ts'

describe('calmLog', () => {
  it('says a line that repeats once in ten seconds, with how often it came', () => {
    const lines: string[] = []
    let now = 0
    const log = calmLog((line) => lines.push(line), () => now)
    for (; now < 10_000; now += 1_000) log('full')
    log('other')
    log('full')
    now += 10_000
    log('full')
    assert.deepEqual(lines, ['full', 'other', 'full (and 9 times more before)', 'full'])
  })

  it('remembers a bounded number of lines', () => {
    const lines: string[] = []
    const log = calmLog((line) => lines.push(line), () => 0)
    for (let n = 0; n < 1_000; n++) log(`line ${n}`)
    log('line 0')
    assert.equal(lines.length, 1_001)
  })
})
