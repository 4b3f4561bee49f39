import { isAppLink } from '../contract/app-link.ts'
import { isHttpLink } from '../contract/http-link.ts'
import type { Bridge } from '../core/bridge.ts'
import { stampRef } from '../core/click-ref.ts'
import type { KanmaiClaimEvent, KanmaiSelectEvent } from '../elements/events.ts'
import type { ProductAnchor } from '../elements/product-link.ts'
import { opensApps } from '../page/bridge/sees-app.ts'
import { followLink } from '../page/follow-link.ts'
import { tryWays } from '../page/try-ways.ts'

/** Who wants another tab or window by hand gets it from the browser. */
const isPlain = (press: MouseEvent | undefined): boolean => !press || !(press.button || press.ctrlKey || press.metaKey || press.shiftKey)

/**
 * Lets the app around the page open what is being followed, else the shop's own app where it is installed. Whatever they
 * do, the link is followed in the end, and at once by a second press. Returns what stops it.
 */
export function takeOver(view: Window, schemes: readonly string[] | undefined, bridge: () => Bridge | undefined): () => void {
  let press: MouseEvent | undefined
  /** What a press waits for; nothing, when another one came meanwhile. */
  let waiting: object | undefined
  let giveUp = (): void => {}

  const handlePress = (event: Event): void => void (press = event as MouseEvent)

  async function handleFollow(event: Event): Promise<void> {
    const { type, href, ref, item, offer, placement, media, second, defaultPrevented } = event as KanmaiSelectEvent & KanmaiClaimEvent
    const again = waiting
    waiting = undefined
    giveUp()
    if (again || defaultPrevented || !href || !isPlain(press)) return

    const app = bridge()
    const anchor = event.composedPath()[0] as ProductAnchor
    const { universal, app: own } = anchor.product?.links ?? {}
    const place = { placement, media, second }
    const stamped = own && stampRef(own, ref, place)
    const elsewhere = {
      universal: isHttpLink(universal) ? stampRef(universal, ref, place) : undefined,
      // As it will be asked for: without a slot it may be another address.
      app: isAppLink(stamped, schemes) ? stamped : undefined,
    }
    const login = type === 'kanmai-claim' && app?.can('login')
    const ways = opensApps(view) ? Object.values(elsewhere).filter((it) => it !== undefined) : []
    if (!login && !app?.can('open') && !ways.length) return

    event.preventDefault()
    const mine = (waiting = {})
    if (login) await app!.login({ item, offer })
    const opened = waiting === mine && (await app?.open({ url: href, ...elsewhere, ...place, ref, item, offer }))
    if (waiting !== mine) return
    waiting = undefined
    if (!opened) giveUp = tryWays(view, [...ways, href].map((way) => () => followLink(view, way, anchor)))
  }

  const presses = ['click', 'auxclick']
  // The page comes first: what it takes over itself, nobody else does.
  const follows = ['kanmai-select', 'kanmai-claim']
  for (const it of presses) view.addEventListener(it, handlePress, true)
  for (const it of follows) view.addEventListener(it, handleFollow)
  return () => {
    for (const it of presses) view.removeEventListener(it, handlePress, true)
    for (const it of follows) view.removeEventListener(it, handleFollow)
  }
}
