import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { findWebKit } from '../../test/support/engines.mjs'
import { descendants, killAtOnce } from './processes.ts'
import type { Site } from './site.ts'
import { within, type Tab, type Tabs } from './tabs.ts'

/**
 * WebKitGTK's browser without automation: under automation it keeps no profile, and ends with its page's process. It has
 * one window, and its page does what the site has for it to do.
 */
export async function openLoneWebKit(site: Site, profile: string): Promise<Tabs> {
  const display = `:${600 + (process.pid % 400)}`
  const screen = spawn('Xvfb', [display, '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: 'ignore' })
  const endScreen = () => screen.kill()
  process.once('exit', endScreen)
  let browser: ChildProcess | undefined
  await pause(500)

  const all = () => (browser?.pid ? [browser.pid, ...descendants(browser.pid).map((it) => it.pid)] : [])
  async function end(kill: () => void): Promise<void> {
    if (!browser || browser.exitCode !== null || browser.signalCode !== null) return
    const gone = once(browser, 'exit')
    kill()
    await within('the end of WebKit', gone)
    browser = undefined
  }

  async function start(url: string): Promise<void> {
    await end(() => browser!.kill('SIGTERM'))
    browser = spawn(findWebKit()!.browser, [`${url}#errands`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display,
        HOME: profile,
        XDG_DATA_HOME: `${profile}/data`,
        XDG_CACHE_HOME: `${profile}/cache`,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
      },
    })
  }

  function tab(): Tab {
    let run = ''
    const evaluate: Tab['evaluate'] = (work, ...args) =>
      within('an errand of the page', site.errand(run, `(${work})(...${JSON.stringify(args)})`)) as never
    const no = (what: string) => () => Promise.reject(new Error(`WebKit without automation cannot ${what}`))
    return {
      async goto(url) {
        run = new URL(url).pathname.split('/')[1]!
        // The page before may have fetched the errand as it died: it is asked for once more.
        for (let tries = 0; ; tries++) {
          await start(url)
          try {
            return void (await within('the start of WebKit', site.errand(run, '0'), 15_000))
          } catch (error) {
            if (tries === 2) throw error
          }
        }
      },
      evaluate,
      run: evaluate as Tab['run'],
      clickAt: no('click'),
      reload: no('reload'),
      back: no('go back'),
      follow: no('follow links'),
      close: async () => {},
    }
  }

  return {
    engine: 'webkit',
    open: async () => tab(),
    closePopups: async () => {},
    killPages: () => killAtOnce(descendants(browser!.pid!).filter((it) => /WebKitWebProcess$/.test(it.words[0] ?? '')).map((it) => it.pid)),
    kill: () => end(() => killAtOnce(all())),
    async close() {
      await end(() => killAtOnce(all()))
      // The next screen has the same number.
      const gone = once(screen, 'exit')
      if (screen.exitCode === null && screen.kill()) await gone
      process.off('exit', endScreen)
    },
  }
}
