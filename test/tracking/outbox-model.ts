import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createOutbox, type Outbox } from '../../src/tracking/outbox.ts'
import { FakeOrigin, signal, type Weather } from './fake-world.ts'

// What is promised, in so many words: whatever was taken is, once the weather is fine again, stored or noted as lost.
// Excused is what no program can keep: signals that nobody but a dead tab had, since the disk was full or deleted, and
// those that their reader wanted forgotten.
class Model {
  tabs = 0
  taken = 0
  full = false
  weather: Weather = 'fine'
}
interface Tab {
  outbox: Outbox
  crash(): void
  /** Ids that it took, and those of them that it may have in memory alone. */
  took: string[]
  mine: string[]
}
interface Real {
  origin: FakeOrigin
  tabs: Tab[]
  taken: Set<string>
  excused: Set<string>
}
type Step = fc.AsyncCommand<Model, Real, false>

const minute = 60_000
const pick = <T>(list: T[], at: number): T => list[at % list.length]!

function openTab({ origin, tabs }: Real): Tab {
  const { world, crash } = origin.tab()
  const tab: Tab = { outbox: createOutbox(world), crash, took: [], mine: [] }
  tabs.push(tab)
  return tab
}

const step = (name: string, run: (real: Real, model: Model) => Promise<void> | void, check = (_: Readonly<Model>) => true): Step => ({
  check,
  run: async (model, real) => void (await run(real, model)),
  toString: () => name,
})
const withTab = ({ tabs }: Readonly<Model>) => tabs > 0

const track = (at: number, count: number) =>
  step(`track ${count} in tab ${at}`, ({ tabs, taken }, model) => {
    const tab = pick(tabs, at)
    for (let i = 0; i < count; i++) {
      const id = `s${model.taken++}`
      tab.outbox.add(signal(id, i % 3 ? 'impression' : 'click'), i % 3 === 0)
      taken.add(id)
      tab.took.push(id)
      if (model.full) tab.mine.push(id)
    }
  }, withTab)

const weather = (name: Weather) => step(name, ({ origin }) => void (origin.endpoint.weather = name))

const tick = (milliseconds: number) =>
  step(`tick ${milliseconds}`, async ({ origin, taken, excused, tabs }) => {
    await origin.pass(milliseconds)
    // At any time each of them is somewhere.
    const known = new Set([...excused, ...origin.endpoint.stored.keys(), ...origin.endpoint.losses.keys(), ...origin.disk.lost.keys()])
    for (const { signal } of origin.disk.held) known.add(signal.id)
    for (const { took } of tabs) for (const id of took) known.add(id)
    assert.deepEqual([...taken].filter((id) => !known.has(id)), [], 'signals that nobody has')
  })

const open = step('open a tab', (real, model) => {
  openTab(real)
  model.tabs++
}, ({ tabs }) => tabs < 4)

/** The tab is gone, and with it what it had in memory. */
function end({ origin, tabs, excused }: Real, model: Model, at: number, last: (outbox: Outbox) => void): void {
  const [tab] = tabs.splice(at % tabs.length, 1)
  last(tab!.outbox)
  tab!.crash()
  const onDisk = new Set(origin.disk.held.map((it) => it.signal.id))
  for (const id of tab!.mine) if (!onDisk.has(id)) excused.add(id)
  model.tabs--
}
const crash = (at: number) => step(`crash tab ${at}`, (real, model) => end(real, model, at, () => {}), withTab)
const close = (at: number) => step(`close tab ${at}`, (real, model) => end(real, model, at, (outbox) => outbox.freeze()), withTab)

const leave = (at: number) =>
  step(`leave and return to tab ${at}`, async ({ origin, tabs }) => {
    const { outbox } = pick(tabs, at)
    outbox.go()
    outbox.freeze()
    await origin.pass(100)
    outbox.resume()
  }, withTab)

const quota = step('the disk is full, or no longer', ({ origin }, model) => void (origin.full = model.full = !model.full))

const deleted = step('somebody deletes the database', async ({ origin, tabs, taken, excused }) => {
  // What is being written at this moment may go to either.
  await origin.settle()
  origin.wipe()
  const living = new Set(tabs.flatMap(({ took }) => took))
  for (const id of taken) if (!living.has(id)) excused.add(id)
  // A tab writes them again as soon as it looks.
  for (const tab of tabs) tab.mine = [...tab.took]
})

/** The reader takes the consent back, in all tabs. */
const purge = step('purge', async ({ origin, tabs, taken, excused }, model) => {
  for (const { outbox } of tabs) outbox.drop()
  tabs.length = model.tabs = 0
  await origin.settle()
  origin.wipe()
  for (const id of taken) excused.add(id)
})

const weathers: Weather[] = ['fine', 'down', 'busy', 'limited', 'unknown', 'picky', 'lost', 'partial', 'blank', 'strict', 'tight', 'tightest']
const someSignals = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 60 })).map(([at, count]) => track(at, count))
const someTime = fc.constantFrom(0, 10, 30, 1500, 5000, 70_000, 400_000).map(tick)
const someWeather = fc.constantFrom(...weathers).map(weather)
const steps = (mostSteps: number) =>
  fc.commands(
    [
      // Some more than once, so that there is something to lose.
      someSignals,
      someSignals,
      someSignals,
      someTime,
      someTime,
      someWeather,
      someWeather,
      fc.constant(open),
      fc.nat(3).map(crash),
      fc.nat(3).map(close),
      fc.nat(3).map(leave),
      fc.constantFrom(quota, quota, deleted, purge),
    ],
    { maxCommands: mostSteps, size: 'max' },
  )

/** What became of the signals of one sequence. */
export interface Ended {
  taken: number
  stored: number
  lost: number
  /** What no program could keep. */
  excused: number
}

/** Lives through so many sequences of what may happen to an outbox; rejects with the shortest one that loses a signal. */
export async function tryOutbox(sequences: number, mostSteps: number, count: (ended: Ended) => void = () => {}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps(mostSteps), async (commands) => {
      const real: Real = { origin: new FakeOrigin(), tabs: [], taken: new Set(), excused: new Set() }
      openTab(real)
      await fc.asyncModelRun(() => ({ model: Object.assign(new Model(), { tabs: 1 }), real }), commands)

      const { origin, taken, excused } = real
      origin.endpoint.weather = 'fine'
      origin.full = false
      openTab(real)
      await origin.pass(20 * minute)
      const { stored, losses } = origin.endpoint
      assert.deepEqual([...taken].filter((id) => !stored.has(id) && !losses.has(id) && !excused.has(id)), [], 'neither stored nor noted as lost')
      assert.deepEqual([...stored.keys(), ...losses.keys()].filter((id) => !taken.has(id)), [], 'made up')
      assert.deepEqual(origin.disk.held, [])
      const lost = [...losses.keys()].filter((id) => !stored.has(id)).length
      count({ taken: taken.size, stored: stored.size, lost, excused: taken.size - stored.size - lost })
    }),
    { numRuns: sequences },
  )
}
