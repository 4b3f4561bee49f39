import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isOver } from '../../src/core/is-over.ts'

const origin = '2026-11-23T12:00:00.000Z'
const noon = Date.parse(origin)

describe('a live room is over', () => {
  const cases: [string, Parameters<typeof isOver>[0], number, boolean][] = [
    ['from its last second on', { origin, duration: 60 }, noon + 60_000, true],
    ['not a moment before', { origin, duration: 60 }, noon + 59_999, false],
    ['not before it began', { origin, duration: 60 }, noon - 1, false],
    ['never when nobody knows how long it is', { origin }, noon + 1e12, false],
    ['never when it is a film', { duration: 60 }, noon + 1e12, false],
    ['at once when it had no length', { origin, duration: 0 }, noon, true],
  ]
  for (const [words, media, now, over] of cases) it(words, () => assert.equal(isOver(media, now), over))
})
