import 'fake-indexeddb/auto'
import { setTimeout as pause } from 'node:timers/promises'
import type { ConsentMode } from '../../src/contract/page-config.ts'
import { createClock } from '../../src/core/clock.ts'
import type { KanmaiEvent } from '../../src/elements/events.ts'
import { openBooks, type Books } from '../../src/runtime/books.ts'
import type { Site } from '../../src/runtime/site.ts'
import { createHttp } from '../../src/transport/http.ts'
import { agreed, FakeGpp, FakeTcf, FakeUsp, FakeView, keepsIn, notApplied, optsOutOf, refused, shown } from '../../test/page/fake-platforms.ts'
import { ConsentModel } from './consent-model.ts'

/** One thing that happens on a page, in words. */
export type Command =
  | { tcf: 'shown' | 'agreed' | 'refused' | 'free' }
  | { gpp: 'keeps in' | 'opts out' | 'not ready' }
  | { usp: '1YNN' | '1YYN' | '1---' }
  | { gpc: boolean }
  | { config: ConsentMode }
  | { object: boolean }
  | { endpoint: 'up' | 'down' }
  | { do: 'take' | 'wipe' | 'deliver' | 'leave and return' | 'revoke elsewhere' }

/** What a sequence came to. */
export interface Ran {
  /** The first thing that was against the rules. */
  wrong?: string
  /** Nothing was against the rules but the time that forgetting took. */
  slow?: boolean
  taken: number
  sent: number
  /** Milliseconds from each revocation until nothing was left. */
  purges: number[]
}

interface Wired {
  id: string
  item?: string
  session?: string
}

const states = { shown, agreed, refused, free: notApplied }
/** The longest that a revocation may take, in milliseconds, and how long it is waited for. */
const mostPurge = 100
const patience = 1000
let worlds = 0

function store(): Storage {
  const entries = new Map<string, string>()
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  } as Storage
}

/** A window without a browser: its platforms and its looks are a test's, its storage is in memory. */
class World {
  readonly model: ConsentModel
  readonly base = `https://shop.example/v1/consent${++worlds}`
  private readonly key = `kanmai ${this.base}`
  private readonly events = new EventTarget()
  private readonly navigator: { globalPrivacyControl?: boolean } = {}
  private readonly view = Object.assign(new FakeView(), {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
    navigator: this.navigator,
    location: { href: 'https://page.example/' },
    sessionStorage: store(),
    localStorage: store(),
    addEventListener: this.events.addEventListener.bind(this.events),
    removeEventListener: this.events.removeEventListener.bind(this.events),
  })
  private readonly books: Books
  private tcf: FakeTcf | undefined
  private gpp: FakeGpp | undefined
  private usp: FakeUsp | undefined
  private down = false
  /** What was taken, in which state; and what may never be sent any more. */
  private readonly items: { item: string; holds: string; grant: number }[] = []
  /** How often everything had to be forgotten, and before which time each visit began. */
  private grants = 0
  private readonly visits = new Map<string, number>()
  private readonly forgotten = new Set<string>()
  readonly ran: Ran = { taken: 0, sent: 0, purges: [] }

  constructor(tag: ConsentMode) {
    this.model = new ConsentModel(tag)
    const http = createHttp(this.base, {
      fetch: async (_url, init) => {
        const { signals } = JSON.parse(init!.body as string) as { signals: Wired[] }
        this.wired(signals)
        if (this.down) throw new TypeError('no network')
        this.ran.sent += signals.length
        return new Response(JSON.stringify({ accepted: signals.map(({ id }) => id), duplicate: [], rejected: [], now: new Date().toISOString() }))
      },
      beacon: (_url, body) => {
        this.wired((JSON.parse(body) as { signals: Wired[] }).signals)
        return true
      },
      stream: () => {
        throw new Error('no streams here')
      },
    })
    const site = {
      http,
      clock: createClock(Date.now, () => performance.now()),
      view: this.view as unknown as Window,
      isOff: () => false,
      objected: false,
      object: (objects: boolean) => {
        site.objected = objects
        this.books.follow(this.config)
      },
      trouble: () => {},
    } as unknown as Site
    this.books = openBooks(site, tag, undefined)
  }

  private get config() {
    return this.model.config && { publisher: 'demo', consent: this.model.config }
  }

  private fail(what: string): void {
    this.ran.wrong ??= what
  }

  /** Everything that goes over the wire passes here. */
  private wired(signals: Wired[]): void {
    for (const { item, session } of signals) {
      const taken = this.items.find((it) => it.item === item)
      if (!taken) this.fail(`${item} was sent and never taken`)
      else if ((taken.holds === 'granted') !== (session !== undefined)) this.fail(`${item}, taken while consent was ${taken.holds}, was sent ${session ? 'with' : 'without'} a visit`)
      else if (session && (this.visits.get(session) ?? taken.grant) !== taken.grant) this.fail(`${item} was sent under a visit that had to be forgotten`)
      else if (session) this.visits.set(session, taken.grant)
      if (this.forgotten.has(item!)) this.fail(`${item} was sent after it had to be forgotten`)
    }
  }

  private async do(command: Command): Promise<void> {
    const { model, view } = this
    if ('tcf' in command) {
      model.sayTcf(command.tcf)
      const state = states[command.tcf]
      if (this.tcf) this.tcf.say(state)
      else view.__tcfapi = (this.tcf = new FakeTcf(state)).call
    } else if ('gpp' in command) {
      model.sayGpp(command.gpp)
      const ping = command.gpp === 'not ready' ? { signalStatus: 'not ready' } : command.gpp === 'opts out' ? optsOutOf : keepsIn
      if (this.gpp) this.gpp.say('signalStatus', ping.signalStatus, ping)
      else view.__gpp = (this.gpp = new FakeGpp(ping)).call
    } else if ('usp' in command) {
      model.sayUsp(command.usp)
      this.usp ??= new FakeUsp()
      this.usp.uspString = command.usp
      view.__uspapi = this.usp.call
    } else if ('gpc' in command) {
      model.gpc = this.navigator.globalPrivacyControl = command.gpc
      view.document.dispatchEvent(new Event('visibilitychange'))
    } else if ('config' in command) {
      model.config = command.config
      this.books.follow(this.config as never)
    } else if ('object' in command) {
      model.objected = command.object
      if (command.object) view.localStorage.setItem(this.key, 'not counted')
      else view.localStorage.removeItem(this.key)
      this.events.dispatchEvent(Object.assign(new Event('storage'), { key: this.key }))
    } else if ('endpoint' in command) {
      this.down = command.endpoint === 'down'
    } else if (command.do === 'take') {
      const item = `${model.holds}-${this.items.length}`
      this.items.push({ item, holds: model.holds, grant: this.grants })
      this.ran.taken++
      this.books.take({ event: Object.assign(new Event('kanmai-claim'), { item }) as unknown as KanmaiEvent, at: Date.now(), page: 'https://page.example/' })
    } else if (command.do === 'wipe') {
      this.forget(true)
      this.books.wipe()
    } else if (command.do === 'deliver') {
      this.events.dispatchEvent(new Event('online'))
      await pause(40)
    } else if (command.do === 'leave and return') {
      this.events.dispatchEvent(new Event('pagehide'))
      if (model.holds !== 'granted' && (await this.keeps())) this.fail(`a page that is left while consent is ${model.holds} stores something`)
      this.events.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    } else {
      const talk = new BroadcastChannel(`${this.key} consent`)
      // Only a tab that keeps something listens.
      if (model.holds === 'granted') {
        this.forget()
        const said = [model.tag, model.config]
        if (said.includes('auto')) model.elsewhere = true
      }
      talk.postMessage('forgotten')
      await pause(15)
      talk.close()
    }
    await this.watched()
    // New platforms are found by the next look.
    await pause(0)
    view.pass(5000)
  }

  /** What asks the platforms is fetched by import(), and looks again and again once it is there. */
  private async watched(): Promise<void> {
    const said = [this.model.tag, this.model.config]
    const asks = said.includes('auto') && !said.includes('essential') && !said.includes('none')
    for (const end = performance.now() + patience; asks && !this.view.running && performance.now() < end; ) await pause(1)
  }

  /** What was taken under a grant, or all, may not be sent any more. */
  private forget(all = false): void {
    this.grants++
    for (const { item, holds } of this.items) if (all || holds === 'granted') this.forgotten.add(item)
  }

  private async onDisk(): Promise<string[] | undefined> {
    if (!(await indexedDB.databases()).some(({ name }) => name === this.base)) return undefined
    return new Promise((resolve) => {
      const request = indexedDB.open(this.base)
      request.onerror = () => resolve(undefined)
      request.onsuccess = () => {
        const db = request.result
        if (!db.objectStoreNames.contains('signals')) return db.close(), resolve([])
        const all = db.transaction('signals').objectStore('signals').getAll() as IDBRequest<{ signal: Wired }[]>
        all.onsuccess = () => (db.close(), resolve(all.result.map(({ signal }) => signal.item!)))
        all.onerror = () => (db.close(), resolve([]))
      }
    })
  }

  private async keeps(): Promise<boolean> {
    return this.view.sessionStorage.getItem(this.key) !== null || (await indexedDB.databases()).some(({ name }) => name === this.base)
  }

  async run(commands: readonly Command[]): Promise<Ran> {
    await this.watched()
    for (const command of commands) {
      const before = this.model.holds
      const began = performance.now()
      await this.do(command)
      const after = this.model.holds
      if (after !== 'granted') {
        if (before === 'granted') this.forget()
        const end = performance.now() + patience
        let kept = await this.keeps()
        while (kept && performance.now() < end) {
          await pause(1)
          kept = await this.keeps()
        }
        const took = performance.now() - began
        if (kept) this.fail(`something is stored while consent is ${after}, after ${JSON.stringify(command)}`)
        else if (before === 'granted') {
          this.ran.purges.push(took)
          this.ran.slow = took > mostPurge && !this.ran.wrong
          if (took > mostPurge) this.fail(`it took ${took.toFixed(0)} ms to forget, after ${JSON.stringify(command)}`)
        }
      } else {
        const stored = await this.onDisk()
        const denied = stored?.find((item) => item.startsWith('denied'))
        if (denied) this.fail(`${denied} is on the disk`)
      }
      if (this.ran.wrong) break
    }
    this.books.stop()
    await pause(5)
    indexedDB.deleteDatabase(this.base)
    return this.ran
  }
}

/** Runs a sequence on a page of its own, and compares after every step with what the rules allow. */
export const runSequence = (tag: ConsentMode, commands: readonly Command[]): Promise<Ran> => new World(tag).run(commands)
