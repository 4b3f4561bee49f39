import type { ScreenHost, Screens } from './overlay-screens.ts'

/** What follows a film to the whole screen: loaded when a film first goes there, or a button offers it. */
export function createFullscreen(host: ScreenHost) {
  let screens: Screens | undefined
  const load = async (): Promise<Screens | undefined> => {
    if (screens) return screens
    const loaded = await import('./overlay-screens.ts').catch(() => undefined) // Offline by now: the film goes alone.
    if (!host.isConnected || !loaded) return undefined
    host.requestUpdate()
    return (screens ??= loaded.createScreens(host))
  }
  return {
    load,
    /** Undefined until it is loaded. */
    get screens() {
      return screens
    },
    /** Something fills the screen, or no longer does. */
    handleChange: (): void => void load().then((it) => it?.update()),
    stop(): void {
      screens?.stop()
      screens = undefined
    },
  }
}
