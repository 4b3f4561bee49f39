import type { PlatformSays } from '../core/consent.ts'
import { readGpp, readTcf, readUsp, type ConsentWord, type GppEvent, type TcData, type UspData } from './consent-words.ts'

type Tcf = (command: string, version: number, callback: (data: TcData | undefined, success: boolean) => void, parameter?: unknown) => void
type Gpp = (command: string, callback: (event: GppEvent | undefined, success: boolean) => void, parameter?: unknown) => void
type Usp = (command: string, version: number, callback: (data: UspData | undefined, success: boolean) => void) => void

/** The functions that consent platforms put on their page. */
export interface ConsentPlatforms {
  __tcfapi?: Tcf
  __gpp?: Gpp
  __uspapi?: Usp
}
type Source = keyof ConsentPlatforms

// Platforms are put on the page after us, by a tag manager or when the reader asks for one; and one of them has no
// listeners, so that what it says is looked up again and again.
const looks = [500, 1000, 2500]
const everyLook = 5000

/**
 * Asks the page's consent platforms and follows what they say. A denial of one outweighs all others; a reader's yes
 * counts at once; that nobody has said no counts when every platform has been answered. With each word is told whether it
 * is a new answer, or one that only was looked up again, is waited for, or is none.
 */
export function watchConsent(view: Window, says: (platform: PlatformSays | undefined, isAnswer: boolean) => void): () => void {
  const heard = new Map<Source, ConsentWord>()
  const asked = new Map<Source, unknown>()
  const hangUps = new Map<string, () => void>()
  const doubted = new Set<unknown>()
  let framed: ((name: Source) => unknown) | undefined
  let stopped = false
  let timer = 0
  let looked = 0

  /** Nothing that a platform does, and nothing that comes of it, may reach the page as an exception. */
  function calmly(work: () => void): void {
    try {
      if (!stopped) work()
    } catch {
      // What cannot be asked or read has granted nothing.
    }
  }

  function conclude(isAnswer: boolean): void {
    const words = new Set(heard.values())
    const grants = words.has('granted') || (words.has('free') && !words.has('open'))
    says(words.has('denied') ? 'denied' : grants ? 'granted' : undefined, isAnswer)
  }

  function hear(source: Source, word: ConsentWord): void {
    const before = heard.get(source)
    // While readers are asked again their last answer stands; that a law does not apply was no answer of theirs.
    const stands = word === 'open' && before && before !== 'silent' && (before !== 'free' || source === '__gpp')
    if (!stands) heard.set(source, word)
    conclude(word === 'granted' || word === 'denied' || (word === 'free' && before !== 'free'))
  }

  const platformOf = <S extends Source>(name: S) => ((view as ConsentPlatforms)[name] ?? framed?.(name)) as ConsentPlatforms[S]

  /** Asks as soon as the platform is there; again when it fails, or when another has taken its place before it decided. */
  function ask<S extends Source>(source: S, question: (platform: NonNullable<ConsentPlatforms[S]>) => void): void {
    const platform = platformOf(source)
    const decided = (heard.get(source) ?? 'open') !== 'open'
    if (!platform || asked.get(source) === platform || (asked.has(source) && decided)) return
    asked.set(source, platform)
    if (!heard.has(source)) heard.set(source, 'open')
    try {
      question(platform)
    } catch {
      asked.delete(source)
    }
  }

  /** Hears a listener's call; one that was refused asks again. */
  function listen<T extends { listenerId?: number }>(source: Source, read: (data: T) => ConsentWord, remove: (id: number) => void) {
    return (data: T | undefined, success: boolean): void =>
      calmly(() => {
        if (!success || !data) return void asked.delete(source)
        const { listenerId: id } = data
        if (id !== undefined) hangUps.set(`${source} ${id}`, () => remove(id))
        hear(source, read(data))
      })
  }

  function look(): void {
    const before = asked.get('__tcfapi')
    ask('__tcfapi', (tcf) => tcf('addEventListener', 2, listen('__tcfapi', readTcf, (id) => tcf('removeEventListener', 2, () => {}, id))))
    ask('__gpp', (gpp) => gpp('addEventListener', listen('__gpp', readGpp, (id) => gpp('removeEventListener', () => {}, id))))
    // A listener that came after the decision is not called by every platform: it is asked once more.
    const tcf = platformOf('__tcfapi')
    if (tcf && tcf === before && !doubted.has(tcf) && heard.get('__tcfapi') === 'open') {
      doubted.add(tcf)
      tcf('getTCData', 2, (data, success) => calmly(() => success && data && hear('__tcfapi', readTcf(data))))
    }
    platformOf('__uspapi')?.('getUSPData', 1, (data, success) =>
      calmly(() => {
        const word = success && data ? readUsp(data) : undefined
        if (word && word !== heard.get('__uspapi')) hear('__uspapi', word)
      }),
    )
  }

  function lookOn(): void {
    view.clearTimeout(timer)
    calmly(look)
    timer = view.setTimeout(lookOn, looks[looked++] ?? everyLook)
  }

  lookOn()
  if (view.parent !== view) {
    import('./framed-consent.ts').then(
      ({ framedPlatforms }) => {
        if (stopped) return
        const { platform, stop } = framedPlatforms(view)
        framed = platform
        hangUps.set('frame', stop)
        lookOn()
      },
      () => {},
    )
  }
  return () => {
    stopped = true
    view.clearTimeout(timer)
    for (const hangUp of hangUps.values()) {
      try {
        hangUp()
      } catch {
        // It is gone already.
      }
    }
  }
}
