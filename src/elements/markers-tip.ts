import { html, nothing, type TemplateResult } from 'lit'
import type { Item } from '../contract/item.ts'
import { pricePath } from '../core/price.ts'
import type { PageController } from './page-controller.ts'
import { bareHref } from './product-link.ts'

/** Products that a tip shows; of more it says how many. */
const most = 3

/** What is told of a place on the bar of time; `under` where nothing may lie over the player. */
export function renderTip(page: PageController, time: string, title: string | undefined, items: readonly Item[], under: boolean): TemplateResult {
  const different = [...new Set(items)]
  const more = different.length - most
  return html`<div class="tip ${items.length ? 'goods' : ''} ${under ? 'under' : ''}" part="tip" aria-hidden="true">
    ${different.slice(0, most).map((item) => renderItem(page, item, item === different[0] ? time : undefined))}
    ${more > 0 ? html`<div class="more">+${more}</div>` : nothing}
    ${items.length ? nothing : html`${title ? html`<b>${title}</b>` : nothing}<span class="time">${time}</span>`}
  </div>`
}

function renderItem(page: PageController, item: Item, time: string | undefined): TemplateResult {
  const price = pricePath(item, page.now(), page.settings?.priceMaxAge)
  const sum = price && page.money(price.final ?? price.now)
  const src = bareHref(item.image)
  return html`<div class="item">
    <div class="shot">${src ? html`<img src=${src} alt="" decoding="async" draggable="false" />` : [...item.title][0]}</div>
    <div class="about">
      <b>${item.shortTitle ?? item.title}</b>
      <span class="time">${sum ? html`<span class="sum">${price.from ? page.words.from(sum) : sum}</span>` : nothing}${time}</span>
    </div>
  </div>`
}
