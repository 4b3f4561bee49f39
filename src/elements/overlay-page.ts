/** Calls back whenever the page may have moved the film, until the returned function is called. */
export function watchPage(page: Document, moved: (event?: Event) => void, filled: () => void): () => void {
  const view = page.defaultView ?? window
  const watch = new AbortController()
  const options = { capture: true, passive: true, signal: watch.signal }
  const size = new ResizeObserver(() => requestAnimationFrame(() => moved()))
  view.addEventListener('resize', moved, options)
  for (const type of ['scroll', 'transitionend', 'visibilitychange']) page.addEventListener(type, moved, options)
  page.addEventListener('fullscreenchange', filled, options)
  size.observe(page.documentElement)
  if (page.body) size.observe(page.body)
  return () => {
    watch.abort()
    size.disconnect()
  }
}
