import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'chrome', 'microsoft-edge']
const macs = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** An installed Chromium: `CHROME_PATH`, one on the path, a Mac's, or Playwright's. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  if (env['CHROME_PATH']) return env['CHROME_PATH']
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const playwright = env['PLAYWRIGHT_BROWSERS_PATH'] ?? `${env['HOME']}/.cache/ms-playwright`
  const builds = existsSync(playwright) ? readdirSync(playwright).filter((name) => /^chromium-\d+$/.test(name)) : []
  const places = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...macs,
    ...builds.map((name) => join(playwright, name, 'chrome-linux/chrome')),
  ]
  return places.find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
