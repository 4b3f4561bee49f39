/** Calls back whenever the page may have moved the film, until the returned function is called. */
export function watchPage(page: Document, moved: (event?: Event) => void, filled: () => void): () => void {
  const view = page.defaultView ?? window
  const capture = { capture: true, passive: true }
  const size = new ResizeObserver(() => requestAnimationFrame(() => moved()))
  view.addEventListener('resize', moved)
  page.addEventListener('scroll', moved, capture)
  page.addEventListener('transitionend', moved, true)
  page.addEventListener('visibilitychange', moved)
  page.addEventListener('fullscreenchange', filled)
  size.observe(page.documentElement)
  if (page.body) size.observe(page.body)
  return () => {
    view.removeEventListener('resize', moved)
    page.removeEventListener('scroll', moved, capture)
    page.removeEventListener('transitionend', moved, true)
    page.removeEventListener('visibilitychange', moved)
    page.removeEventListener('fullscreenchange', filled)
    size.disconnect()
  }
}
