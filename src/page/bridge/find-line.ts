import type { AppConfig } from '../../contract/app-config.ts'
import type { BridgeLine } from '../../core/bridge.ts'
import { androidLine } from './android.ts'
import type { AppWindow } from './app-window.ts'
import { parentLine } from './parent-frame.ts'
import { reactNativeLine } from './react-native.ts'
import { webKitLine } from './web-kit.ts'

/**
 * The line to the app around this page. React Native's object is on every page that such an app shows, and every frame has
 * a parent: there only a publisher who has declared an app is heard of.
 */
export function findLine(view: Window & AppWindow, app: AppConfig | undefined): BridgeLine | undefined {
  return webKitLine(view) ?? androidLine(view) ?? (app && (reactNativeLine(view) ?? (app.origin ? parentLine(view, app.origin) : undefined)))
}
