import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chromeLauncher } from '@web/test-runner-chrome'
import { puppeteerLauncher } from '@web/test-runner-puppeteer'
import { webdriverLauncher } from '@web/test-runner-webdriver'

/** Chromium's flags for a machine without a screen, a sandbox or a network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
  // The address bar's own page follows every navigation: after some hundred it takes a third of a core and 700 MB.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
]

/** Where a program is; undefined when it is not installed. */
export const which = (name) => {
  try {
    return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

function playwrightChromium() {
  const home = process.env.PLAYWRIGHT_BROWSERS_PATH ?? `${process.env.HOME}/.cache/ms-playwright`
  if (!existsSync(home)) return undefined
  return readdirSync(home)
    .filter((name) => /^chromium-\d+$/.test(name))
    .map((name) => `${home}/${name}/chrome-linux/chrome`)
    .find(existsSync)
}

/** Where the browser is that the tests cannot do without. */
export function findChromium() {
  return process.env.CHROME_PATH || which('chromium') || which('google-chrome-stable') || which('google-chrome') || which('chromium-browser') || playwrightChromium()
}

export const findFirefox = () => which('firefox-esr') || which('firefox')

/** WebKitGTK's driver and its browser; the browser lives in an architecture's own folder. */
export function findWebKit() {
  const driver = which('WebKitWebDriver')
  if (!driver || !which('Xvfb')) return undefined
  for (const lib of ['/usr/lib', ...readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`)]) {
    for (const name of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
      const browser = `${lib}/${name}/MiniBrowser`
      if (existsSync(browser)) return { driver, browser }
    }
  }
  return undefined
}

export const webKitCapabilities = ({ browser }) => ({
  browserName: 'MiniBrowser',
  'wdio:enforceWebDriverClassic': true,
  'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
})

/** Starts WebKit's driver on `port`, and a screen when no `shared` one is given; the returned function stops what it started. */
export async function startWebKitDriver({ driver }, port, shared) {
  const display = shared ?? `:${100 + (port % 400)}`
  const screen = shared ? undefined : spawn('Xvfb', [display, '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' })
  const server = spawn(driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
  })
  const stop = () => {
    server.kill()
    screen?.kill()
  }
  process.once('exit', stop)
  for (let wait = 0; wait < 100; wait++) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`)
      return stop
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  stop()
  throw new Error(`WebKitWebDriver did not answer on port ${port}`)
}

/** Launchers for the engines that are installed, or for those named: `chromium,firefox,webkit`. */
export async function engines(names) {
  const wanted = names ? names.split(',') : ['chromium', 'firefox', 'webkit']
  const launchers = []
  const chromium = findChromium()
  if (wanted.includes('chromium') && chromium) {
    launchers.push(chromeLauncher({ launchOptions: { executablePath: chromium, args: chromiumArgs } }))
  }
  const firefox = findFirefox()
  if (wanted.includes('firefox') && firefox) {
    launchers.push(puppeteerLauncher({ launchOptions: { browser: 'firefox', protocol: 'webDriverBiDi', executablePath: firefox, args: [] } }))
  }
  const webKit = findWebKit()
  if (wanted.includes('webkit') && webKit) {
    const port = 4470 + (process.pid % 400)
    await startWebKitDriver(webKit, port)
    launchers.push(webdriverLauncher({ hostname: '127.0.0.1', port, path: '/', capabilities: webKitCapabilities(webKit) }))
  }
  return launchers
}
