// An app comes to the front within a second or so, when there is one.
const patience = 1500

/**
 * Tries one way to leave the page after the other, the next one when the page is still to be seen a while later. A page
 * that is hidden was left, so that way was the right one. Returns what gives up.
 */
export function tryWays(view: Window, ways: readonly (() => void)[]): () => void {
  const { document } = view
  const rest = [...ways]
  let timer: number | undefined

  function stop(): void {
    view.clearTimeout(timer)
    document.removeEventListener('visibilitychange', handleVisibility)
    view.removeEventListener('pagehide', stop)
  }
  function handleVisibility(): void {
    if (document.visibilityState === 'hidden') stop()
  }
  function next(): void {
    rest.shift()?.()
    if (rest.length) timer = view.setTimeout(next, patience)
    else stop()
  }

  document.addEventListener('visibilitychange', handleVisibility)
  view.addEventListener('pagehide', stop)
  next()
  return stop
}
