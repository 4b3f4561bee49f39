import { readFileSync, writeFileSync } from 'node:fs'
import type { CueSheet } from '../../contract/cue.ts'
import { openHeadlessPage, type PageSize } from './headless-page.ts'

/** A cue to be shown at a second, on a frame that was taken out of the film. */
export interface StillWish {
  cue: string
  second: number
  /** File of the frame (JPEG); without it the ground is plain. */
  frame?: string | undefined
  /** Where the still goes (WebP). */
  out: string
}

/** Runs in the page, where the elements of the one-file build are known. Must not need anything of this file. */
const stage = String.raw`(sheet, { width, height }) => {
  const size = { width, height }
  document.documentElement.style.cssText = 'color-scheme:light'
  document.body.style.cssText = 'margin:0;background:#20242b'
  const frame = document.createElement('img')
  frame.style.cssText = 'display:block;position:absolute;inset:0;width:100%;height:100%;object-fit:fill'
  const overlay = document.createElement('kanmai-overlay')
  document.body.append(frame, overlay)
  let second = 0
  const picture = { box: size, content: { x: 0, y: 0, ...size }, natural: size, fit: 'fill', position: '50% 50%' }
  const listeners = new Set()
  const player = {
    box: frame, policy: 'overlay', interrupted: false, paused: true, ended: false, seeking: false, rate: 1, duration: NaN, controls: false,
    second: () => second, secondAt: () => second, beat: () => undefined, startedAt: () => undefined, range: () => undefined, picture: () => picture,
    seek() {}, play() {}, pause() {},
    follow(listener) { listeners.add(listener); return () => listeners.delete(listener) },
  }
  const cues = sheet.cues.map(({ pause, ...cue }) => cue)
  Object.assign(overlay, { player, cues, items: sheet.items })
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const within = (ms, promise) => Promise.race([promise, new Promise((done) => setTimeout(done, ms))])
  const imagesIn = (root) => [...root.querySelectorAll('*')].flatMap((it) => [...(it.localName === 'img' ? [it] : []), ...(it.shadowRoot ? imagesIn(it.shadowRoot) : [])])
  window.showStill = async (cue, at, source) => {
    overlay.close()
    frame.style.visibility = source ? '' : 'hidden'
    if (source) { frame.src = source; await frame.decode() }
    second = at
    listeners.forEach((listener) => listener('state'))
    listeners.forEach((listener) => listener('picture'))
    await overlay.updateComplete
    await painted()
    overlay.open(cue)
    await overlay.updateComplete
    await painted()
    await within(2500, Promise.all(imagesIn(overlay.shadowRoot).map((it) => { it.loading = 'eager'; return it.decode().catch(() => {}) })))
    await painted()
    return overlay.shadowRoot.querySelectorAll('[part~=card]').length
  }
}`

/** Shows every cue on its frame, with its markers and its open card, by the very elements that a page has. */
export async function takeStills(program: string, build: string, sheet: CueSheet, size: PageSize, wishes: readonly StillWish[], onStill: (count: number) => void): Promise<void> {
  const page = await openHeadlessPage(program, size)
  try {
    await page.evaluate(readFileSync(build, 'utf8'))
    await page.evaluate(`(${stage})(${JSON.stringify(sheet)}, ${JSON.stringify(size)})`)
    for (const [index, { cue, second, frame, out }] of wishes.entries()) {
      const source = frame ? `data:image/jpeg;base64,${readFileSync(frame).toString('base64')}` : ''
      await page.evaluate(`showStill(${JSON.stringify(cue)}, ${second}, ${JSON.stringify(source)})`)
      writeFileSync(out, await page.picture())
      onStill(index + 1)
    }
  } finally {
    await page.close()
  }
}
