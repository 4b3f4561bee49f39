/** Calls back with the next frame; a tab in the background, which paints none, calls back all the same. */
export function nextFrame(callback: () => void): void {
  let called = false
  const once = () => {
    if (!called) callback()
    called = true
  }
  requestAnimationFrame(once)
  setTimeout(once, 50)
}

/** Calls back when the page has nothing better to do, within two seconds. */
export function whenIdle(callback: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(callback, { timeout: 2000 })
  else setTimeout(callback, 200)
}
