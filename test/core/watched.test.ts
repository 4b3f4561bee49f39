import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTimeline } from '../../src/core/timeline.ts'
import { createWatched } from '../../src/core/watched.ts'

const timeline = createTimeline([
  { id: 'a', item: 'lamp', start: 0, end: 4 },
  { id: 'b', item: 'rug', start: 2, end: 3 },
  { id: 'c', item: 'lamp', start: 2, end: 6 },
])

describe('what was watched', () => {
  it('counts the seconds that were played, those with two cues of one item once', () => {
    const watched = createWatched(() => timeline)
    watched.played(1, 2.5)
    watched.played(5, 9)
    assert.deepEqual([watched.seconds('lamp'), watched.seconds('rug'), watched.seconds('mug')], [2.5, 0.5, 0])
  })
  it('finds what came and went between two looks', () => {
    const watched = createWatched(() => timeline)
    watched.played(0, 10)
    assert.deepEqual([watched.seconds('lamp'), watched.seconds('rug')], [6, 1])
  })
  it('counts nothing backwards', () => {
    const watched = createWatched(() => timeline)
    watched.played(4, 1)
    assert.equal(watched.seconds('lamp'), 0)
  })
})
