import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kinds, playCase } from '../support/timeline-cases.ts'

describe('what is due on the picture', () => {
  for (const kind of kinds) {
    it(`is shown and gone within ${kind.startsWith('1 Hz') ? 'a second' : 'one frame'} in 25 films with ${kind}`, () => {
      for (let number = 0; number < 25; number++) {
        const { longest, allowed, changes } = playCase(kind, number)
        assert.ok(changes > 3, `film ${number} meets ${changes} changes`)
        assert.ok(longest < allowed + 1, `film ${number} shows something else for ${longest.toFixed(0)} ms`)
      }
    })
  }
})
