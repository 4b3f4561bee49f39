import { setTimeout as pause } from 'node:timers/promises'
import type { Ground, Run } from './ground.ts'
import type { Tab, Tabs } from './tabs.ts'

/** Milliseconds between the last event and the leaving. */
const delays = { full: [0, 1, 10, 50, 200, 1000], short: [0, 50, 1000] }
export const delaysOf = (full: boolean): readonly number[] => delays[full ? 'full' : 'short']
/** How often each delay is tried, and of the full set at least, whatever it takes. */
const times = { full: 20, short: 1 }
const leastTimes = 3
/** The longest that the full set goes on with one way to leave in one engine, in milliseconds. */
const longest = 240_000

/** The delays of a way to leave, all of them again and again. */
export function* repeatedDelays(full: boolean): Generator<number> {
  const end = Date.now() + longest
  for (let n = 0; n < times[full ? 'full' : 'short'] && (n < leastTimes || Date.now() < end); n++) yield* delaysOf(full)
}

/** What a row says of repetitions that there was no time for. */
export function whatWasTried(full: boolean, cases: number): string {
  const tried = cases / delays.full.length
  return full && tried < times.full ? `${tried} of ${times.full} repetitions in ${longest / 60_000} min` : ''
}

/** Events just before the leaving; every fifth is one that does not wait for others. */
const events = 20

export interface WayToLeave {
  name: string
  /** Lets the events happen and leaves so many milliseconds later. Resolves with the tab as it then is, if there is one. */
  leave(tab: Tab, keys: string[], wait: number, ground: Ground, tabs: Tabs): Promise<Tab | undefined>
}

/** Where a page under test has its link to another window. */
export const linkBody = '<a id="link" href="/next" target="_blank" style="position: fixed; inset: 0 0 auto 0; height: 90px">A shop</a>'
const onLink: [number, number] = [40, 40]

function take(tab: Tab, keys: string[]): Promise<void> {
  return tab.evaluate((keys) => keys.forEach((key, index) => battery.take([key], index % 5 ? 'impression' : 'claim')), keys)
}

/** Leaves from within the page: without a delay in the very task in which the events happen. */
const byItself =
  (how: 'reload' | 'location'): WayToLeave['leave'] =>
  async (tab, keys, wait, { site }) => {
    await tab.run(
      (keys, wait, how, next) => {
        keys.forEach((key, index) => battery.take([key], index % 5 ? 'impression' : 'claim'))
        const leave = () => (how === 'reload' ? location.reload() : (location.href = next))
        if (wait) setTimeout(leave, wait)
        else leave()
      },
      keys,
      wait,
      how,
      `${site.url}/next`,
    )
    await pause(wait + 150)
    return tab
  }

export const waysToLeave: WayToLeave[] = [
  {
    name: 'another address typed',
    async leave(tab, keys, wait, { site }) {
      await take(tab, keys)
      await pause(wait)
      await tab.goto(`${site.elsewhere}/next`)
      return tab
    },
  },
  {
    name: 'tab closed',
    async leave(tab, keys, wait) {
      await take(tab, keys)
      await pause(wait)
      await tab.close()
      return undefined
    },
  },
  { name: 'reloaded', leave: byItself('reload') },
  { name: 'location = another page', leave: byItself('location') },
  {
    name: 'a link to a new window clicked, and the page closed behind it',
    async leave(tab, keys, wait, _ground, tabs) {
      await take(tab, keys)
      await pause(wait)
      await tab.clickAt(...onLink)
      await tab.close()
      await tabs.closePopups()
      return undefined
    },
  },
]

/** One case: a page is opened, something happens on it, and it is left. */
export async function leaveOnce(ground: Ground, tabs: Tabs, way: WayToLeave, wait: number): Promise<{ run: Run; tab: Tab | undefined }> {
  const run = await ground.run()
  const tab = await tabs.open()
  await run.open(tab, { body: linkBody })
  return { run, tab: await way.leave(tab, run.keys(events), wait, ground, tabs) }
}
