import type { Player } from '../core/player.ts'
import { frameKind } from './frame-kind.ts'
import { isMediaElement, mediaElementPlayer, type MediaElement } from './media-element.ts'
import { watchAds } from './watch-ads.ts'

type Playable = MediaElement | HTMLIFrameElement

/**
 * Finds the player that the id `name` stands for, seen from `near`: a media element or a container that
 * holds one, also in its open shadow trees, or an iframe with a player of YouTube's or Vimeo's (`kindOf` says whose). Calls back with
 * it, with undefined when it is gone and with its successor when it is made again, until the returned function is
 * called. The document is watched only while nothing is found.
 */
export function attach(near: Element, name: string, found: (player: Player<HTMLElement> | undefined) => void, kindOf = frameKind): () => void {
  const root = near.getRootNode() as Document | ShadowRoot
  let unfollow: (() => void) | undefined
  let home: ParentNode | null = null
  let address = ''
  let stopped = false

  const missing = new MutationObserver(() => look())
  // Its parent alone is watched for the player's removal: a box that leaves with its parents shrinks, which the player tells.
  const parent = new MutationObserver(() => check())
  let player: (Player<HTMLElement> & { interrupt(on: boolean): void }) | undefined
  let unwatchAds: (() => void) | undefined

  const named = (): Element | null => root.getElementById?.(name) ?? document.getElementById(name)

  const playableIn = (element: Element | null): Playable | undefined => {
    if (element) for (const it of insideOf(element)) if (isMediaElement(it) || kindOf(it)) return it as Playable
    return undefined
  }

  const look = (): void => {
    const holder = named()
    const media = playableIn(holder)
    if (!media) {
      if (!holder) return
      undefinedIn(holder).forEach((tag) => void customElements.whenDefined(tag).then(retry))
      // A component may fill its shadow tree late, of which the document says nothing.
      for (const { shadowRoot } of insideOf(holder)) if (shadowRoot) missing.observe(shadowRoot, { subtree: true, childList: true })
      return
    }
    missing.disconnect()
    if (isMediaElement(media)) return begin(media, mediaElementPlayer(media))
    const kind = kindOf(media)!
    const { src } = media
    import('./frame-player.ts').then(
      // Meanwhile it may have gone, or shows somebody else.
      (it) => !stopped && !player && (playableIn(named()) === media && media.src === src ? begin(media, it.framePlayer(media, kind)) : search()),
      () => {},
    )
  }

  const begin = (media: Playable, its: NonNullable<typeof player>): void => {
    player = its
    address = (media as HTMLIFrameElement).src
    unfollow = player.follow((change) => (change === 'picture' || change === 'state') && check())
    settle(media)
    found(player)
  }

  const settle = (media: Playable): void => {
    const { parentNode } = media
    parent.disconnect()
    parent.observe(parentNode!, { childList: true })
    if (!isMediaElement(media)) parent.observe(media, { attributeFilter: ['src'] })
    // What has no box cannot be seen to leave.
    if (!media.getClientRects().length) parent.observe(document, { subtree: true, childList: true })
    unwatchAds?.()
    unwatchAds = watchAds([media, named(), parentNode instanceof ShadowRoot ? parentNode.host : parentNode], (on) => player?.interrupt(on))
    home = parentNode
  }

  const check = (): void => {
    const box = player?.box
    if (!box) return
    if (box.isConnected && playableIn(named()) === box && (isMediaElement(box) || (box as HTMLIFrameElement).src === address)) {
      if (box.parentNode !== home) settle(box as Playable)
      return
    }
    leave()
    found(undefined)
    search()
  }

  const retry = (): void => {
    if (!player && !stopped) look()
  }

  const leave = (): void => {
    unfollow?.()
    unwatchAds?.()
    parent.disconnect()
    player = unfollow = unwatchAds = undefined
    home = null
  }

  const search = (): void => {
    look()
    if (player) return
    for (const tree of new Set([root, document])) {
      missing.observe(tree, { subtree: true, childList: true, attributes: true, attributeFilter: ['id', 'src'] })
    }
  }

  search()
  return () => {
    stopped = true
    missing.disconnect()
    leave()
  }
}

/** Tags of custom elements that are still without their class: one of them may become the player. */
function undefinedIn(element: Element): Set<string> {
  return new Set([element, ...element.querySelectorAll(':not(:defined)')].filter((it) => it.matches(':not(:defined)')).map((it) => it.localName))
}

/** An element and all that is in it, through open shadow trees. */
function* insideOf(element: Element): Generator<Element> {
  yield element
  for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) yield* insideOf(child)
}
