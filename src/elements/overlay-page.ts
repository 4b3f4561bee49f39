/** Calls back whenever the page may have moved the film, until the returned function is called. */
export function watchPage(page: Document, moved: (event?: Event) => void, filled: () => void): () => void {
  const view = page.defaultView ?? window
  const watch = new AbortController()
  const { signal } = watch
  const size = new ResizeObserver(() => requestAnimationFrame(() => moved()))
  view.addEventListener('resize', moved, { signal })
  page.addEventListener('visibilitychange', moved, { signal })
  page.addEventListener('fullscreenchange', filled, { signal })
  for (const type of ['scroll', 'transitionend']) page.addEventListener(type, moved, { capture: true, passive: true, signal })
  size.observe(page.documentElement)
  if (page.body) size.observe(page.body)
  return () => {
    watch.abort()
    size.disconnect()
  }
}
