/** Events after which an advertisement plays in the film's place (true), and after which the film is back (false). */
const breaks: Record<string, boolean> = {
  adstart: true,
  'ads-ad-started': true,
  adbreakstart: true,
  contentPauseRequested: true,
  adend: false,
  'ads-pod-ended': false,
  'ads-allpods-completed': false,
  adbreakend: false,
  contentResumeRequested: false,
}

/** What has video.js's own events, which the page does not see. */
interface Emitter {
  on(type: string, listener: (event: { type: string }) => void): void
  off(type: string, listener: (event: { type: string }) => void): void
}

/**
 * Watches a media element and what is around it for ad breaks: the events of videojs-contrib-ads, those that pages
 * forward from IMA's manager, and the attribute `data-ad`. Returns what stops it.
 */
export function watchAds(around: readonly (Node | null | undefined)[], tell: (on: boolean) => void): () => void {
  const places = [...new Set(around)].filter((it) => it instanceof Element)
  const emitters = places.map((it) => (it as { player?: Emitter }).player).filter((it) => typeof it?.on === 'function' && typeof it.off === 'function') as Emitter[]
  let heard = false
  const say = (): void => tell(heard || places.some((it) => it.hasAttribute('data-ad')))
  const handle = ({ type }: { type: string }): void => {
    heard = !!breaks[type]
    say()
  }
  const names = Object.keys(breaks)
  const attribute = new MutationObserver(say)
  for (const it of places) {
    names.forEach((name) => it.addEventListener(name, handle))
    attribute.observe(it, { attributeFilter: ['data-ad'] })
  }
  for (const it of new Set(emitters)) names.forEach((name) => it.on(name, handle))
  say()
  return () => {
    attribute.disconnect()
    for (const it of places) names.forEach((name) => it.removeEventListener(name, handle))
    for (const it of new Set(emitters)) names.forEach((name) => it.off(name, handle))
    tell(false)
  }
}
