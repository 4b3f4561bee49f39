import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { kinds } from '../support/timeline-cases.ts'

describe('the timeline’s benchmark', () => {
  const table = execFileSync(process.execPath, ['--import', './scripts/ts.mjs', 'bench/main.ts', 'timeline'], { encoding: 'utf8' })
  const rightIn = (films: string): string | undefined => table.split('\n').find((line) => line.startsWith(`${films}  `))?.match(/\d+ of \d+/)?.[0]

  for (const kind of kinds) {
    it(`prints that all 25 films with ${kind} are right`, () => assert.equal(rightIn(kind), '25 of 25'))
  }

  it('prints the row of all 200 films', () => assert.equal(rightIn('all'), '200 of 200'))
})
