import type { Signal } from '../../src/contract/signal.ts'
import { chanceOf, pick } from '../fuzz/mutate.ts'
import { openOutboxTab, type OutboxTab, type SlowTime } from './outbox-tab.ts'

/** One thing that happens, in words; the first number says to which tab. */
export type LifeStep = [what: 'track' | 'tick' | 'weather' | 'open' | 'crash' | 'close' | 'leave' | 'quota' | 'deleted' | 'purge', at?: number | string, count?: number]

/** What became of the signals of one sequence. */
export interface Lived {
  wrong?: string
  taken: number
  stored: number
  lost: number
  excused: number
}

declare global {
  interface Window {
    openOutboxTab: typeof openOutboxTab
    IDBObjectStore: typeof IDBObjectStore
  }
}

interface FrameTab extends OutboxTab {
  frame: HTMLIFrameElement
  took: string[]
}

const minute = 60_000
const weathers = ['fine', 'down', 'busy', 'limited', 'unknown', 'picky', 'lost', 'partial', 'blank', 'strict', 'tight', 'tightest']
const mostTabs = 4

/** The same commands as those of the model in Node, in the same shares. */
export function lifeOf(seed: number, mostSteps: number): LifeStep[] {
  const chance = chanceOf(seed)
  const whole = (below: number) => Math.floor(chance() * below)
  const track = (): LifeStep => ['track', whole(4), 1 + whole(60)]
  const tick = (): LifeStep => ['tick', pick(chance, [0, 10, 30, 1500, 5000, 70_000, 400_000])]
  const weather = (): LifeStep => ['weather', pick(chance, weathers)]
  const rare = (): LifeStep => [pick(chance, ['quota', 'quota', 'deleted', 'purge'] as const)]
  const kinds = [track, track, track, tick, tick, weather, weather, (): LifeStep => ['open'], (): LifeStep => ['crash', whole(4)], (): LifeStep => ['close', whole(4)], (): LifeStep => ['leave', whole(4)], rare]
  return Array.from({ length: 1 + whole(mostSteps) }, () => pick(chance, kinds)())
}

const resultOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Gives way to everything that is due, without the four milliseconds of a timer. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
}

/** Frames as tabs, on one disk and one endpoint: the ledger is the driver's own, and the endpoint is asked past the product. */
class Life implements SlowTime {
  private readonly base: string
  private tabs: FrameTab[] = []
  private timers: { at: number; run: () => void; tab: object }[] = []
  private time = Date.parse('2026-11-23T14:00:00Z')
  private full = false
  private readonly taken = new Set<string>()
  private readonly excused = new Set<string>()

  constructor(base: string) {
    this.base = base
  }

  now = (): number => this.time

  later(run: () => void, milliseconds: number, tab: object): () => void {
    const timer = { at: this.time + milliseconds, run, tab }
    this.timers.push(timer)
    return () => void (this.timers = this.timers.filter((it) => it !== timer))
  }

  private async settle(): Promise<void> {
    for (let still = 0; still < 3; still++) {
      await turn()
      if (this.tabs.some((it) => it.underWay)) still = -1
    }
  }

  private async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds
    await this.settle()
    for (;;) {
      const next = Math.min(...this.timers.map((it) => it.at))
      if (next > end) break
      this.time = Math.max(this.time, next)
      const due = this.timers.filter((it) => it.at <= this.time)
      this.timers = this.timers.filter((it) => it.at > this.time)
      for (const timer of due) timer.run()
      await this.settle()
    }
    this.time = end
  }

  private async open(): Promise<void> {
    const frame = document.createElement('iframe')
    const loaded = new Promise((resolve) => (frame.onload = resolve))
    frame.src = '/tab.html'
    document.body.append(frame)
    await loaded
    const view = frame.contentWindow!
    const tab = Object.assign(view.openOutboxTab(this.base, this), { frame, took: [] })
    this.tabs.push(tab)
    this.fill(tab)
    // Its disk is open before anything happens in it, as on a page that keeps its books.
    await this.settle()
  }

  /** A full disk takes nothing more, and gives back what it has. */
  private fill({ frame }: FrameTab): void {
    const view = frame.contentWindow!
    const store = view.IDBObjectStore.prototype as { realAdd?: IDBObjectStore['add'] } & IDBObjectStore
    store.realAdd ??= store.add
    store.add = this.full
      ? () => {
          throw new DOMException('the disk is full', 'QuotaExceededError')
        }
      : store.realAdd
  }

  /** What the disk has, read by a connection of the driver's. */
  private async onDisk(): Promise<{ held: string[]; lost: string[] }> {
    if (!(await indexedDB.databases()).some((it) => it.name === this.base)) return { held: [], lost: [] }
    const db = await resultOf(indexedDB.open(this.base))
    const all = async <T>(store: string) => (db.objectStoreNames.contains(store) ? resultOf(db.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>) : [])
    const held = (await all<{ signal: Signal }>('signals')).map((it) => it.signal.id)
    const lost = (await all<{ id: string }>('lost')).map((it) => it.id)
    db.close()
    return { held, lost }
  }

  private async ask(path: string): Promise<{ stored: string[]; lost: string[] }> {
    return (await fetch(`${this.base}/${path}`, { method: 'POST' })).json() as Promise<{ stored: string[]; lost: string[] }>
  }

  /**
   * The tab is gone, and with it what it had in memory. A frame that is removed in the middle of a write takes the write
   * along, which a process that is killed does not: what the browser has not yet called written counts as memory here.
   */
  private async end(at: number): Promise<void> {
    const [tab] = this.tabs.splice(at % this.tabs.length, 1)
    this.timers = this.timers.filter((it) => it.tab !== tab)
    tab!.frame.remove()
    await turn()
    const held = new Set((await this.onDisk()).held)
    for (const id of tab!.took) if (!tab!.written.has(id) && !held.has(id)) this.excused.add(id)
  }

  private async do([what, at, count]: LifeStep): Promise<void> {
    const tab = this.tabs[Number(at) % this.tabs.length]
    if (what === 'tick') {
      await this.pass(Number(at))
      // The disk first: what goes from there to the endpoint meanwhile is then seen twice, not never.
      const disk = await this.onDisk()
      const known = await this.ask('known')
      const somewhere = new Set([...this.excused, ...known.stored, ...known.lost, ...disk.held, ...disk.lost, ...this.tabs.flatMap((it) => it.took)])
      this.must([...this.taken].filter((id) => !somewhere.has(id)), 'nobody has')
    } else if (what === 'weather') await this.ask(`weather/${at}`)
    else if (what === 'open' && this.tabs.length < mostTabs) await this.open()
    else if (what === 'quota') {
      this.full = !this.full
      for (const it of this.tabs) this.fill(it)
    } else if (what === 'deleted') {
      // What is being written at this moment may go to either.
      await this.settle()
      await resultOf(indexedDB.deleteDatabase(this.base))
      const living = new Set(this.tabs.flatMap((it) => it.took))
      for (const id of this.taken) if (!living.has(id)) this.excused.add(id)
      // A tab writes them again as soon as it looks.
      for (const it of this.tabs) it.written.clear()
    } else if (what === 'purge') {
      for (const { outbox, frame } of this.tabs) {
        outbox.drop()
        frame.remove()
      }
      this.tabs = []
      this.timers = []
      await resultOf(indexedDB.deleteDatabase(this.base))
      for (const id of this.taken) this.excused.add(id)
    } else if (!tab) return
    else if (what === 'track') this.track(tab, count!)
    else if (what === 'leave') {
      tab.outbox.go()
      tab.outbox.freeze()
      await this.pass(100)
      tab.outbox.resume()
    } else if (what === 'close') {
      tab.outbox.freeze()
      await this.end(Number(at))
    } else if (what === 'crash') await this.end(Number(at))
  }

  private track(tab: FrameTab, count: number): void {
    for (let n = 0; n < count; n++) {
      const id = `s${this.taken.size}`
      this.taken.add(id)
      tab.took.push(id)
      tab.outbox.add({ id, type: n % 3 ? 'impression' : 'click', occurredAt: '2026-11-23T14:00:00Z' }, n % 3 === 0)
    }
  }

  private must(ids: string[], what: string): void {
    if (ids.length) throw new Error(`${ids.length} ${what}, as ${ids[0]}`)
  }

  async live(steps: readonly LifeStep[]): Promise<Lived> {
    let wrong: string | undefined
    let at = 'the beginning'
    const counts = { stored: 0, lost: 0, excused: 0 }
    try {
      await this.open()
      for (const [index, step] of steps.entries()) {
        at = `step ${index + 1} of ${steps.length}`
        await this.do(step)
      }
      at = 'the end'
      await this.ask('weather/fine')
      this.full = false
      for (const it of this.tabs) this.fill(it)
      await this.open()
      await this.pass(20 * minute)
      const known = await this.ask('known')
      const [stored, lost] = [new Set(known.stored), new Set(known.lost)]
      this.must([...this.taken].filter((id) => !stored.has(id) && !lost.has(id) && !this.excused.has(id)), 'are neither stored nor noted as lost')
      this.must([...stored, ...lost].filter((id) => !this.taken.has(id)), 'are made up')
      this.must((await this.onDisk()).held, 'are still on the disk')
      counts.stored = stored.size
      counts.lost = [...lost].filter((id) => !stored.has(id)).length
      counts.excused = this.taken.size - counts.stored - counts.lost
    } catch (error) {
      wrong = `${(error as Error).message}, at ${at}`
    }
    for (const { outbox, frame } of this.tabs) {
      outbox.drop()
      frame.remove()
    }
    await resultOf(indexedDB.deleteDatabase(this.base))
    return { taken: this.taken.size, ...counts, ...(wrong && { wrong }) }
  }
}

Object.assign(window, { openOutboxTab, lifeOf, live: (base: string, steps: LifeStep[]) => new Life(location.origin + base).live(steps) })
