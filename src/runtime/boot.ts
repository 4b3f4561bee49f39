import type { BareConfig, ConsentMode } from '../contract/bare-config.ts'
import { version } from '../elements/define-element.ts'
import { broken, isFit } from '../elements/page-fit.ts'
import { KanmaiRequestEvent } from '../elements/wish.ts'
import { whenIdle } from '../page/frame.ts'
import { pageWire, type Wire } from '../transport/wire.ts'
import { mark, start } from './start.ts'
import type { Trouble } from './trouble.ts'

/** How to get each tag's code. */
export type TagLoaders = Record<string, () => Promise<unknown>>

/**
 * Starts Kanmai as its script tag says, and loads the tags that the page uses. A second copy of the library, or a tag
 * without a publisher, says so on the console and leaves the page alone. Returns what stops it.
 */
export function boot(script: HTMLScriptElement | null | undefined, loaders: TagLoaders, wire: Wire = pageWire): () => void {
  const { endpoint, publisher, consent, locale, theme, target } = script?.dataset ?? {}
  let troubled: Promise<Trouble> | undefined
  const trouble = (use: (trouble: Trouble) => void) => {
    troubled ??= import('./trouble.ts').then((it) => it.createTrouble(window))
    troubled.then(use).catch(broken)
  }
  if (!isFit(version)) return () => {}
  if (!script || !publisher) {
    trouble((it) => it.noPublisher())
    return () => {}
  }
  const second = mark in window
  const stop = start(
    {
      endpoint: endpoint || new URL(script.src).origin,
      publisher,
      consent: consent as ConsentMode | undefined,
      locale,
      theme: theme as BareConfig['colorScheme'],
      target: target as BareConfig['target'],
    },
    wire,
  )
  if (second) return stop

  // What the markup asks for need not wait for the code that will ask.
  for (const element of document.querySelectorAll(':is(kanmai-card,kanmai-coupon)[item]')) {
    document.dispatchEvent(new KanmaiRequestEvent({ kind: 'item', item: element.getAttribute('item')! }))
  }
  const load = (tag: string) => loaders[tag]?.().catch(() => trouble((it) => it.notLoaded(`<${tag}>`)))
  for (const tag of Object.keys(loaders)) if (document.querySelector(tag)) void load(tag)

  let unwatch: (() => void) | undefined
  let stopped = false
  whenIdle(() => {
    import('../page/watch-tags.ts').then(
      ({ watchTags }) => {
        if (stopped) return
        unwatch = watchTags(document, (tag) => void (load(tag) ?? trouble((it) => it.unknownTag(tag))))
      },
    ).catch(broken)
  })
  return () => {
    stopped = true
    unwatch?.()
    stop()
  }
}
