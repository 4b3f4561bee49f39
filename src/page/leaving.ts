export interface LeavingListener {
  /** A link is being followed: the page is there until the next one answers. */
  go(): void
  /** The page may end now, without another word. */
  leave(): void
  /** The page is put aside, perhaps to be shown again. */
  freeze(): void
  /** The page is shown again, or online again. */
  resume(): void
}

/** Watches the page come and go. Never by `unload`, which costs the page its place in the back/forward cache. */
export function watchLeaving(view: Window, listener: LeavingListener): () => void {
  const { document } = view
  const { navigation } = view as { navigation?: EventTarget }
  const handleNavigate = (event: Event) => {
    const { destination, downloadRequest } = event as Event & { destination?: { sameDocument: boolean }; downloadRequest?: string | null }
    if (destination?.sameDocument === false && !downloadRequest) listener.go()
  }
  const handleVisibility = () => (document.visibilityState === 'hidden' ? listener.leave() : listener.resume())
  const handleHide = () => listener.freeze()
  const handleShow = (event: PageTransitionEvent) => event.persisted && listener.resume()
  const handleBack = () => listener.resume()
  // A tab in the background may be frozen in the middle of sending: it must not keep the lock from the others.
  const handleFreeze = () => listener.freeze()
  navigation?.addEventListener('navigate', handleNavigate)
  document.addEventListener('visibilitychange', handleVisibility)
  document.addEventListener('freeze', handleFreeze)
  document.addEventListener('resume', handleBack)
  view.addEventListener('pagehide', handleHide)
  view.addEventListener('pageshow', handleShow)
  view.addEventListener('online', handleBack)
  return () => {
    navigation?.removeEventListener('navigate', handleNavigate)
    document.removeEventListener('visibilitychange', handleVisibility)
    document.removeEventListener('freeze', handleFreeze)
    document.removeEventListener('resume', handleBack)
    view.removeEventListener('pagehide', handleHide)
    view.removeEventListener('pageshow', handleShow)
    view.removeEventListener('online', handleBack)
  }
}
