import type { AppWindow } from './app-window.ts'

/** Whether there may be an app to speak with, or to open: a page without one loads nothing for it. */
export function seesApp(view: Window & AppWindow, app: unknown): boolean {
  return !!(
    view.webkit?.messageHandlers?.kanmai ||
    view.kanmai ||
    (app && (view.ReactNativeWebView || view.parent !== view || opensApps(view)))
  )
}

/** Only a telephone or tablet has the apps of shops; elsewhere asking for one ends in an error. */
export const opensApps = (view: Window): boolean => view.matchMedia('(hover: none) and (pointer: coarse)').matches
