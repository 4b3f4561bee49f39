import { expect } from 'chai'
import type { Item } from '../../src/contract/item.ts'
import '../../src/elements/kanmai-coupon.ts'
import '../../src/elements/kanmai-feed.ts'
import '../../src/elements/kanmai-markers.ts'
import '../../src/elements/kanmai-privacy.ts'
import '../../src/elements/kanmai-saved.ts'
import '../../src/elements/kanmai-shelf.ts'

const css = new URL('../../src/kanmai.css', import.meta.url).href
const item = { id: 'x', title: 'X', url: 'https://shop.example' } as Item

/** Height of markup at a width, in a page that knows the style sheet but none of the tags. */
async function reserved(markup: string, width: number): Promise<number> {
  const frame = document.createElement('iframe')
  frame.style.cssText = `width:${width}px;height:4000px;border:0`
  frame.srcdoc = `<!doctype html><link rel="stylesheet" href="${css}"><body style="margin:0">${markup}`
  const loaded = new Promise((resolve) => (frame.onload = resolve))
  document.body.append(frame)
  await loaded
  const { height } = frame.contentDocument!.body.firstElementChild!.getBoundingClientRect()
  frame.remove()
  return height
}

/** Height of the same markup here, where the tags are known. */
async function taken(markup: string, width: number): Promise<number> {
  const box = document.createElement('div')
  box.style.width = `${width}px`
  box.innerHTML = markup
  document.body.append(box)
  const element = box.firstElementChild as HTMLElement & { updateComplete: Promise<unknown>; item?: Item }
  if (element.localName === 'kanmai-card') element.item = item
  await element.updateComplete
  await Promise.all([...element.shadowRoot!.querySelectorAll('kanmai-card')].map((it) => it.updateComplete))
  const { height } = element.getBoundingClientRect()
  box.remove()
  return height
}

describe('kanmai.css', () => {
  for (const markup of [
    '<kanmai-card></kanmai-card>',
    '<kanmai-card><a href="https://shop.example">A link that stands in the page before the card does</a></kanmai-card>',
    '<kanmai-card layout="row"></kanmai-card>',
    '<kanmai-card layout="compact"></kanmai-card>',
    '<kanmai-card layout="over-video"></kanmai-card>',
    '<kanmai-coupon></kanmai-coupon>',
    '<kanmai-markers></kanmai-markers>',
    '<kanmai-privacy></kanmai-privacy>',
    '<kanmai-saved></kanmai-saved>',
    '<kanmai-shelf></kanmai-shelf>',
    '<kanmai-feed placement="x"></kanmai-feed>',
    '<kanmai-feed placement="x" rows="1"></kanmai-feed>',
    '<kanmai-feed placement="x" rows="5"></kanmai-feed>',
    '<kanmai-feed placement="x" layout="row"></kanmai-feed>',
    '<kanmai-feed placement="x" layout="compact" rows="3"></kanmai-feed>',
  ]) {
    it(`reserves what is taken by ${markup}`, async () => {
      for (const width of [343, 375, 700, 961.5]) {
        expect(await reserved(markup, width), `${width} px wide`).to.be.closeTo(await taken(markup, width), 1)
      }
    })
  }
})
