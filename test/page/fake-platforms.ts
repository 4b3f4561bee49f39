import type { GppEvent, TcData } from '../../src/page/consent-words.ts'

type Callback = (data: unknown, success: boolean) => void

/** A window with nothing but timers, which only `pass` lets run, and the platforms that a test puts on it. */
export class FakeView {
  readonly parent = this
  __tcfapi?: unknown
  __gpp?: unknown
  __uspapi?: unknown
  private now = 0
  private last = 0
  private timers: { id: number; at: number; run: () => void }[] = []

  setTimeout = (run: () => void, wait: number): number => {
    this.timers.push({ id: ++this.last, at: this.now + wait, run })
    return this.last
  }
  clearTimeout = (id: number): void => void (this.timers = this.timers.filter((it) => it.id !== id))

  pass(milliseconds: number): void {
    const end = this.now + milliseconds
    for (;;) {
      const next = this.timers.sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > end) break
      this.now = next.at
      this.clearTimeout(next.id)
      next.run()
    }
    this.now = end
  }

  /** Timers that still run. */
  get running(): number {
    return this.timers.length
  }
}

export const purposes = (...granted: number[]): NonNullable<TcData['purpose']> => ({ consents: Object.fromEntries([1, 7, 8].map((it) => [it, granted.includes(it)])) })
export const shown: TcData = { eventStatus: 'cmpuishown', gdprApplies: true }
export const agreed: TcData = { eventStatus: 'useractioncomplete', gdprApplies: true, purpose: purposes(1, 7, 8) }
export const refused: TcData = { eventStatus: 'useractioncomplete', gdprApplies: true, purpose: purposes() }
export const notApplied: TcData = { eventStatus: 'tcloaded', gdprApplies: false }

/** A platform of the Transparency and Consent Framework, by its specification unless told otherwise. */
export class FakeTcf {
  readonly listeners = new Map<number, Callback>()
  readonly commands: string[] = []
  state: TcData | undefined
  /** It does not call who registers until something happens. */
  mute: boolean
  private last = 0

  constructor(state?: TcData, { mute = false } = {}) {
    this.state = state
    this.mute = mute
  }

  readonly call = (command: string, version: number, callback: Callback, parameter?: unknown): void => {
    this.commands.push(command)
    if (version !== 2) return callback(null, false)
    if (command === 'addEventListener') {
      const id = ++this.last
      this.listeners.set(id, callback)
      if (this.state && !this.mute) callback({ ...this.state, listenerId: id }, true)
    } else if (command === 'removeEventListener') {
      callback(this.listeners.delete(parameter as number), true)
    } else if (command === 'getTCData') {
      callback(this.state ?? null, this.state !== undefined)
    }
  }

  say(state: TcData): void {
    this.state = state
    for (const [listenerId, callback] of this.listeners) callback({ ...state, listenerId }, true)
  }
}

/** What stands in a platform's place until it is loaded: it takes down what it is asked, and says nothing. */
export function tcfStub(): { call: FakeTcf['call']; taken: Parameters<FakeTcf['call']>[] } {
  const taken: Parameters<FakeTcf['call']>[] = []
  return { taken, call: (...asked) => void taken.push(asked) }
}

export const section = (values: object, ready = true): NonNullable<GppEvent['pingData']> => ({
  signalStatus: ready ? 'ready' : 'not ready',
  applicableSections: [7],
  parsedSections: { usnat: [values] },
})
export const keepsIn = section({ SaleOptOut: 2, SharingOptOut: 2 })
export const optsOutOf = section({ SaleOptOut: 1, SharingOptOut: 2 })

/** A platform of GPP 1.1: nothing but callbacks. */
export class FakeGpp {
  readonly listeners = new Map<number, Callback>()
  pingData: NonNullable<GppEvent['pingData']>
  private last = 0

  constructor(pingData: NonNullable<GppEvent['pingData']> = { signalStatus: 'not ready' }) {
    this.pingData = pingData
  }

  readonly call = (command: string, callback: Callback, parameter?: unknown): void => {
    if (command === 'addEventListener') {
      const id = ++this.last
      this.listeners.set(id, callback)
      callback({ eventName: 'listenerRegistered', listenerId: id, data: true, pingData: this.pingData }, true)
    } else if (command === 'removeEventListener') {
      callback({ eventName: 'listenerRemoved', data: this.listeners.delete(parameter as number) }, true)
    }
  }

  say(eventName: string, data: unknown, pingData = this.pingData): void {
    this.pingData = pingData
    for (const [listenerId, callback] of this.listeners) callback({ eventName, data, listenerId, pingData }, true)
  }
}

/** The US Privacy API, which answers when `answering` does. */
export class FakeUsp {
  uspString: string | undefined
  waiting: Callback[] = []
  late: boolean

  constructor(uspString?: string, { late = false } = {}) {
    this.uspString = uspString
    this.late = late
  }

  readonly call = (command: string, version: number, callback: Callback): void => {
    if (command !== 'getUSPData' || version !== 1) callback(null, false)
    else if (this.late) this.waiting.push(callback)
    else callback({ uspString: this.uspString }, true)
  }

  answer(): void {
    for (const callback of this.waiting.splice(0)) callback({ uspString: this.uspString }, true)
  }
}
