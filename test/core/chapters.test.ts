import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Media } from '../../src/contract/cue.ts'
import { chapterSegments } from '../../src/core/chapters.ts'

const cut = (chapters: unknown, from = 0, to = 60) => chapterSegments(chapters as Media['chapters'], from, to)

describe('chapters', () => {
  it('cut a film without gap, in order of their start', () => {
    assert.deepEqual(cut([{ start: 20, title: 'B' }, { start: 5, title: 'A' }]).segments, [
      { start: 0, end: 5 },
      { start: 5, end: 20, title: 'A' },
      { start: 20, end: 60, title: 'B' },
    ])
  })
  it('leave a film without any in one piece', () => {
    assert.deepEqual(cut(undefined).segments, [{ start: 0, end: 60 }])
  })
  it('begin with the one that a window opens in, and end where it ends', () => {
    const chapters = [{ start: 0, title: 'A' }, { start: 10, title: 'B' }, { start: 20, title: 'C' }, { start: 40, title: 'D' }]
    assert.deepEqual(cut(chapters, 15, 30).segments, [
      { start: 15, end: 20, title: 'B' },
      { start: 20, end: 30, title: 'C' },
    ])
  })
  it('are left out by name when they say no start or no title', () => {
    const { segments, issues } = cut([{ start: NaN, title: 'A' }, null, { start: 3 }, { start: -1, title: 'B' }, { start: 0, title: 'C' }])
    assert.deepEqual(segments, [{ start: 0, end: 60, title: 'C' }])
    assert.deepEqual(issues, [
      'chapters[0]: expected a start in seconds',
      'chapters[1]: expected a start in seconds',
      'chapters[2]: expected a title',
      'chapters[3]: expected a start in seconds',
    ])
  })
})
