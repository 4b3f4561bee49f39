import type { ConsentMode, PageConfig } from '../contract/page-config.ts'
import { KanmaiRequestEvent, type Wish } from '../elements/wish.ts'
import { watchTags } from '../page/watch-tags.ts'
import { pageWire, type Wire } from '../transport/wire.ts'
import { mark, start } from './start.ts'
import { createWarn } from './warn.ts'

/** How to get each tag's code. */
export type TagLoaders = Record<string, () => Promise<unknown>>

// What the markup asks for need not wait for the code that will ask.
function askAhead(document: Document): void {
  const ask = (wish: Wish) => document.dispatchEvent(new KanmaiRequestEvent(wish))
  for (const element of document.querySelectorAll('kanmai-card[item],kanmai-coupon[item]')) ask({ kind: 'item', item: element.getAttribute('item')! })
  for (const element of document.querySelectorAll('[media]:is(kanmai-overlay,kanmai-rail)')) ask({ kind: 'media', media: element.getAttribute('media')! })
}

/**
 * Starts Kanmai as its script tag says, and loads the tags that the page uses. A second copy of the library, or a tag
 * without a publisher, says so on the console and leaves the page alone. Returns what stops it.
 */
export function boot(script: HTMLScriptElement | null | undefined, tags: TagLoaders, wire: Wire = pageWire): () => void {
  const warn = createWarn()
  const { endpoint, publisher, consent, locale, theme, target } = script?.dataset ?? {}
  if (!script || !publisher) {
    warn('no publisher: give the script tag its data-publisher="…", and let it stand in the page')
    return () => {}
  }
  const second = mark in window
  const stop = start(
    {
      endpoint: endpoint || new URL(script.src, document.baseURI).origin,
      publisher,
      consent: (consent || undefined) as ConsentMode | undefined,
      locale: locale || undefined,
      theme: (theme || undefined) as PageConfig['colorScheme'],
      target: (target || undefined) as PageConfig['target'],
    },
    wire,
  )
  if (second) return stop

  askAhead(document)
  const unwatch = watchTags(document, (tag) => {
    const load = tags[tag]
    if (!load) return warn(`<${tag}> is no tag of this version: correct its name, or load a newer kanmai.js`)
    load().catch(() => warn(`<${tag}> could not be loaded: let the page reach the folder that kanmai.js comes from`))
  })
  return () => {
    unwatch()
    stop()
  }
}
