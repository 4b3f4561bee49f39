import { expect } from 'chai'
import fc from 'fast-check'
import type { Cue, CueSheet } from '../../src/contract/cue.ts'
import { takeLive } from '../../src/core/take-live.ts'
import type { Answer } from '../../src/elements/wish.ts'
import { openMedia } from '../../src/runtime/media.ts'
import type { Site } from '../../src/runtime/site.ts'
import { createHttp } from '../../src/transport/http.ts'
import { atom } from 'nanostores'
import { FakeEndpoint, listenToPage } from './fake-endpoint.ts'

const item = { id: 'lamp', title: 'Lamp', url: 'https://shop.example' }
const turn = () => new Promise((resolve) => setTimeout(resolve))

/** What comes over a stream: a cue by its number, whole or spoilt, or something else. */
type Word = { cue: number; text?: string } | { type: string; data: string }

let rooms = 0

/** A room with a page in it; `log` is what its endpoint has kept, the first `known` of it when the page came. The last `keep` sheets stay. */
async function enter(log: readonly Cue[], known: number, keep = Infinity) {
  const name = `room-${rooms++}-${Math.random()}`
  /** The endpoint's own rule, in its words. */
  const replay = (count: number): Cue[] => {
    const cues = new Map<string, Cue>()
    log.slice(0, count).forEach((cue, index) => takeLive(cues, cue, index + 1))
    return [...cues.values()]
  }
  const room = {
    kept: known,
    /** Sheets that were asked for and are held back, while they are. */
    held: undefined as (() => void)[] | undefined,
  }
  const endpoint = new FakeEndpoint(async () => {
    const { kept } = room
    if (room.held) await new Promise<void>((resolve) => room.held!.push(resolve))
    return { media: { id: name, origin: '2026-11-23T14:00:00Z' }, cues: replay(kept), items: [item], last: kept } satisfies CueSheet
  })
  const lines: string[] = []
  let underWay = 0
  const http = createHttp(`https://shop.example/v1/${name}`, endpoint.wire)
  const site = {
    http,
    view: window,
    clock: { now: Date.now },
    trouble: (use: (it: unknown) => void) => use({ warn: (line: string) => lines.push(line) }),
    load: async (attempt: () => Promise<{ ok: boolean; value: CueSheet }>, use: (sheet: CueSheet) => void) => {
      underWay++
      const result = await attempt()
      underWay--
      if (result.ok) use(result.value)
    },
  } as unknown as Site
  const sheets: CueSheet[] = []
  const $answer = atom<Answer<CueSheet>>({ state: 'waiting' })
  $answer.subscribe((it) => {
    if (it.state === 'ready') sheets.push(it.value)
    if (sheets.length > keep) sheets.shift()
  })
  const close = openMedia(site, name, $answer as never)
  const stream = () => endpoint.streams.at(-1)!
  /** Waits until no sheet is on its way but those that are held back. */
  const settle = async (): Promise<void> => {
    do await turn()
    while (underWay > (room.held?.length ?? 0))
  }
  const release = async (): Promise<void> => {
    room.held?.forEach((go) => go())
    room.held = undefined
    await settle()
  }
  await endpoint.until(() => endpoint.streams.length > 0)
  await settle()
  return {
    room,
    sheets,
    lines,
    stream,
    settle,
    release,
    close,
    say(event: Word): void {
      if (!('cue' in event)) return stream().say('', event.data, event.type)
      room.kept = Math.max(room.kept, event.cue)
      stream().say(String(event.cue), event.text ?? { cue: log[event.cue - 1], item })
    },
    /** The viewer goes and comes back; the endpoint sends what the page asks for, before its sheet or after. */
    async resume(sheetFirst: boolean): Promise<void> {
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      room.kept = log.length
      const opened = endpoint.streams.length
      room.held = []
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
      await endpoint.until(() => endpoint.streams.length > opened && room.held!.length > 0)
      if (sheetFirst) await release()
      // As the endpoint does with a number that its room never had.
      const after = Number(new URL(stream().url).searchParams.get('after'))
      const from = after > log.length ? 0 : after
      stream().dispatchEvent(new Event('open'))
      stream().say('', { viewers: 1, last: from }, 'room')
      for (let number = from + 1; number <= log.length; number++) stream().say(String(number), { cue: log[number - 1], item })
      if (!sheetFirst) await release()
      await settle()
    },
  }
}

/** Cues of a show that goes on: starts only grow. Its title says which number a cue has. */
const show = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), later: fc.nat(3), lasts: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) }), { minLength: 1, maxLength: 9 }).map((words) => {
  let start = 0
  return words.map(({ id, later, lasts }, index): Cue => ({ id, item: 'lamp', start: (start += later), title: String(index + 1), ...(lasts && { end: start + lasts }) }))
})

const nonsense = fc.oneof(
  fc.constantFrom('{"cue":{"id":"a","item":"lamp","sta', '', 'null', '[]', '"a"', '{"cue":null}', '{"cue":{"id":"a"}}', '{"cue":{"id":"a","item":"lamp","start":-1}}'),
  fc.json(),
)

describe('a live room over a stream that is not right', () => {
  let page: ReturnType<typeof listenToPage>
  beforeEach(() => (page = listenToPage()))
  afterEach(() => {
    page.stop()
    expect(page.escaped).to.deep.equal([])
  })

  it('has what the endpoint has, once the stream has resumed, whatever came before; nothing is shown twice or again', async function () {
    this.timeout(120_000)
    const events = (count: number) =>
      fc.array(
        fc.oneof(
          { weight: 6, arbitrary: fc.record({ cue: fc.integer({ min: 1, max: count }) }) },
          { weight: 1, arbitrary: fc.record({ cue: fc.integer({ min: 1, max: count }), text: nonsense }) },
          { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('room', 'pin', 'message'), data: nonsense }) },
        ),
        { maxLength: 14 },
      )
    // Up to where the show has come when the viewer leaves.
    const parts = show.chain((log) => fc.tuple(fc.constant(log), fc.integer({ min: 1, max: log.length })))
    const cases = parts.chain(([log, count]) => fc.tuple(fc.constant(log), fc.nat(count), events(count), fc.boolean(), fc.boolean()))
    await fc.assert(
      fc.asyncProperty(cases, async ([log, known, said, held, sheetFirst]) => {
        const viewer = await enter(log, known)
        try {
          if (held) viewer.room.held = []
          for (const event of said) {
            viewer.say(event)
            if (!held) await viewer.settle()
          }
          await viewer.release()
          await viewer.resume(sheetFirst)

          const open = (cues: readonly Cue[]) => cues.filter((cue) => cue.end === undefined).map((cue) => cue.title).sort()
          const newest = [...new Map(log.map((cue) => [cue.id, cue])).values()]
          expect(open(viewer.sheets.at(-1)!.cues)).to.deep.equal(open(newest))
          const shown = new Map<string, number>()
          for (const { cues } of viewer.sheets) {
            expect(new Set(cues.map((cue) => cue.id)).size).to.equal(cues.length)
            for (const cue of cues.filter(({ id }) => !id.includes('~'))) {
              expect(Number(cue.title)).to.be.at.least(shown.get(cue.id) ?? 0)
              shown.set(cue.id, Number(cue.title))
            }
          }
          const spoilt = said.some((event) => 'text' in event || ('type' in event && event.type === 'room'))
          if (!spoilt) expect(viewer.lines).to.deep.equal([])
        } finally {
          viewer.close()
        }
      }),
      { numRuns: 60, seed: 20261125 },
    )
  })

  it('does not show again what a sheet had before the stream came to it', async () => {
    const log = ['first', 'second', 'third'].map((title, index): Cue => ({ id: 'a', item: 'lamp', start: index, title }))
    const viewer = await enter(log, 1)
    await viewer.resume(true)
    const titles = viewer.sheets.map(({ cues }) => cues.find(({ id }) => id === 'a')!.title)
    expect(new Set(titles.slice(titles.indexOf('third')))).to.deep.equal(new Set(['third']))
    viewer.close()
  })

  it('takes ten thousand cues at once', async function () {
    this.timeout(120_000)
    const log = Array.from({ length: 10_000 }, (_, index): Cue => ({ id: `c${index}`, item: 'lamp', start: index }))
    const viewer = await enter(log, 0, 1)
    for (let number = 1; number <= log.length; number++) viewer.say({ cue: number })
    await viewer.settle()
    expect(viewer.sheets.at(-1)!.cues.map((cue) => cue.id)).to.deep.equal(log.map((cue) => cue.id))
    viewer.close()
  })
})
