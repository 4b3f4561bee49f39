import type { Player } from '../core/player.ts'
import { isMediaElement, mediaElementPlayer } from './media-element.ts'

/**
 * Finds the player that the id `name` stands for, seen from `near`: a media element or a container that holds one. Calls back with
 * it, with undefined when it is gone and with its successor when it is made again, until the returned function is
 * called. The document is watched only while nothing is found.
 */
export function attach(near: Element, name: string, found: (player: Player<HTMLElement> | undefined) => void): () => void {
  const root = near.getRootNode() as Document | ShadowRoot
  let unfollow: (() => void) | undefined
  let stopped = false

  const missing = new MutationObserver(() => look())
  // Its parent alone is watched for the player's removal: a box that leaves with its parents shrinks, which the player tells.
  const parent = new MutationObserver(() => check())
  let player: Player<HTMLElement> | undefined

  const named = (): Element | null => root.getElementById?.(name) ?? document.getElementById(name)

  const look = (): void => {
    const holder = named()
    const media = mediaIn(holder)
    if (!media) return void (holder && undefinedIn(holder).forEach((tag) => void customElements.whenDefined(tag).then(retry)))
    missing.disconnect()
    player = mediaElementPlayer(media)
    unfollow = player.follow((change) => change === 'picture' && check())
    parent.observe(media.parentNode!, { childList: true })
    found(player)
  }

  const check = (): void => {
    const box = player?.box
    if (!box) return
    if (box.isConnected && mediaIn(named()) === box) {
      parent.disconnect()
      parent.observe(box.parentNode!, { childList: true })
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
    parent.disconnect()
    player = unfollow = undefined
  }

  const search = (): void => {
    look()
    if (player) return
    for (const tree of new Set([root, document])) {
      missing.observe(tree, { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] })
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

function mediaIn(element: Element | null | undefined) {
  if (!element) return undefined
  if (isMediaElement(element)) return element
  return [...element.querySelectorAll('*')].find(isMediaElement)
}
