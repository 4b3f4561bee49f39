import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ContactSheet } from '../../../src/cli/contact-sheet/contact-sheet.ts'
import { sheetPage } from '../../../src/cli/contact-sheet/sheet-page.ts'

const sheet: ContactSheet = {
  media: { id: 'film', title: 'A <b>film</b>', duration: 90, chapters: [{ start: 0, title: '"One" & two' }] },
  publisher: 'gazette',
  stills: 'frames',
  film: { file: 'film.mp4', width: 1280, height: 720, fps: 30000 / 1001, duration: 90 },
  cues: [
    { id: 'a', item: 'lamp', title: '<script>alert(1)</script>', price: '$9', start: 61, end: 65.25, second: 63, at: { x: 0.25, y: 0.5 }, still: 'stills/001-a.jpg' },
    { id: '"onload=x', item: 'vase', title: '台灯', start: 70, second: 71 },
  ],
  findings: [{ level: 'error', kind: 'dead-item', cues: ['a', 'gone'], start: 61, end: 65.25, text: 'its item “<i>” is unknown' }],
  errors: 1,
  warnings: 0,
}

describe('sheetPage', () => {
  const page = sheetPage(sheet)
  it('takes nothing that came from a feed for markup', () => {
    assert.doesNotMatch(page, /<script|<b>film|<i>”/)
    assert.match(page, /&#60;script&#62;alert\(1\)/)
    assert.doesNotMatch(page, /"onload/)
  })
  it('shows every cue with its still, its span and what is wrong with it', () => {
    assert.equal(page.match(/<figure /g)!.length, 2)
    assert.match(page, /<img src="stills\/001-a\.jpg" alt="[^"]+ at 1:03"[^>]*><i style="left:25%;top:50%"><\/i>/)
    assert.match(page, /1:01–1:05\.3 · 4\.3 s/)
    assert.match(page, /1:10 to the end · beside the film/)
    assert.match(page, /<li class="error"><b>Dead item<\/b> its item/)
    assert.match(page, /1280 × 720, 29\.97 fps · 1:30 · 2 cues of 2 items/)
  })
  it('says that all is well when it is', () => {
    assert.match(sheetPage({ ...sheet, findings: [], errors: 0 }), /Nothing to mend/)
  })
})
