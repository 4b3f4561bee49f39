import { Agent } from 'node:http'
import { removeData, startEndpoint, type RunningEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup, BatteryRow } from '../battery.ts'
import { memoryOf } from '../support/bystander.ts'
import { compare, lookInto, storedIds } from '../support/raw-store.ts'
import { post } from '../support/server-load.ts'

const perBatch = 200
const atOnce = 4
const mostMegabytes = 512
/** Last tenth over first: what costs the same for every signal stays near 1, what grows with their number near 10 and more. */
const mostGrowth = 2.5

/** Signals in an order in which 30 % come again and 10 % late; the same ones at every run. */
function* deliveries(total: number): Generator<number> {
  let state = 1
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const late: number[] = []
  for (let n = 0; n < total; n++) {
    if (chance() < 0.1) late.push(n)
    else yield n
    if (late.length > 500) yield late.shift()!
    // What has not come yet cannot come again: far enough back it has.
    if (n > 10_000 && chance() < 0.3) yield Math.floor(chance() * (n - 10_000))
  }
  yield* late
}

const began = Date.now() - 3_600_000

const signal = (n: number) => ({
  id: `m${n}`,
  type: n % 20 ? 'impression' : 'click',
  occurredAt: new Date(began + n).toISOString(),
  item: `item-${n % 500}`,
  placement: ['article-end', 'film-overlay', 'home'][n % 3],
  ...(n % 2 && { media: 'film-01', second: n % 600 }),
  list: 'article-end:guess',
  session: `visit-${Math.floor(n / 50)}`,
  seq: n % 50,
  page: `https://news.example/article/${n % 1_000}`,
})

/** Milliseconds of an answer for the publisher, and its status. */
async function timed({ url, token }: RunningEndpoint, path: string): Promise<string> {
  const asked = performance.now()
  const answer = await fetch(`${url}/v1/demo/${path}`, { headers: { authorization: `Bearer ${token}` } })
  await answer.text()
  return `${path} ${answer.status} in ${((performance.now() - asked) / 1_000).toFixed(1)} s`
}

const minute = 60_000
const day = 24 * 60 * minute
const skews = [0, 5 * minute, -5 * minute, day, -day, 3_652 * day, -3_652 * day]
const mostSkewMs = 2_000

/** Browsers whose clocks are wrong: the moment they wrote stays, the corrected one is right. */
async function wrongClocks(): Promise<BatteryRow> {
  const endpoint = await startEndpoint()
  const happened = Date.now() - 60_000
  for (const [n, skew] of skews.entries()) {
    const signals = [{ id: `skew${n}`, type: 'impression', occurredAt: new Date(happened + skew).toISOString() }]
    await post(`${endpoint.url}/v1/demo/signals`, JSON.stringify({ sentAt: new Date(Date.now() + skew).toISOString(), signals }))
  }
  await endpoint.stop()
  const rows = await lookInto<{ id: string; raw_occurred_at: string; occurred_at: string }>({ data: endpoint.data }, 'select id, raw_occurred_at, occurred_at::text from signal')
  removeData(endpoint.data)
  const right = rows.filter(({ id, raw_occurred_at: raw, occurred_at: corrected }) => {
    const skew = skews[Number(id.slice('skew'.length))]!
    return raw === new Date(happened + skew).toISOString() && Math.abs(Number(corrected) - happened) <= mostSkewMs
  })
  const fine = right.length === skews.length && rows.length === skews.length
  return { fault: 'clocks off by 5 minutes, a day, ten years', engine: 'PGlite', cases: skews.length, accepted: skews.length, stored: rows.length, verdict: fine ? 'passed' : 'missed', note: `${right.length} kept raw and corrected within ${mostSkewMs / 1_000} s` }
}

export const group: BatteryGroup = {
  id: 'S5',
  title: 'Very many signals, 30 % of them again and 10 % late',
  pass: `every id stored once, at most ${mostMegabytes} MB, and the last tenth takes at most ${mostGrowth} times the first`,
  async *run({ full, say }) {
    yield await wrongClocks()
    const total = full ? 1_000_000 : 50_000
    const made = await startEndpoint()
    await made.stop()
    const endpoint = await startEndpoint({ data: made.data, env: { KANMAI_LIMITS: '{"impressionBatches":10000000,"actBatches":10000000}' } })
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
    const source = deliveries(total)
    const receipted = new Set<string>()
    const tenths: number[] = []
    const wrong: string[] = []
    let sent = 0
    let last = performance.now()

    async function sender() {
      for (;;) {
        const batch: object[] = []
        for (let next = source.next(); !next.done; next = source.next()) {
          if (batch.push(signal(next.value)) === perBatch) break
        }
        if (!batch.length) return
        const { what, body } = await post(`${endpoint.url}/v1/demo/signals`, JSON.stringify({ sentAt: new Date().toISOString(), signals: batch }), agent)
        if (what !== '200') return void wrong.push(`a batch was answered ${what}`)
        sent += batch.length
        const { accepted, duplicate } = JSON.parse(body) as { accepted: string[]; duplicate: string[] }
        for (const id of [...accepted, ...duplicate]) receipted.add(id)
        if (receipted.size < ((tenths.length + 1) * total) / 10) continue
        tenths.push(performance.now() - last)
        last = performance.now()
        say(`${tenths.length} tenths, ${(tenths.at(-1)! / 1_000).toFixed(1)} s, ${memoryOf(endpoint.pid).now.toFixed(0)} MB`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, sender))
    agent.destroy()
    const taken = memoryOf(endpoint.pid).most
    const answers = []
    for (const path of ['report', 'report?by=placement', 'signals?limit=1000', 'feeds/article-end']) answers.push(await timed(endpoint, path))
    const most = memoryOf(endpoint.pid).most
    if (answers.some((it) => !/ 200 in /.test(it))) wrong.push('an answer failed')
    const stopping = performance.now()
    await endpoint.stop()
    const stopMs = performance.now() - stopping
    const { accepted, stored, missing, twice } = compare(receipted, await storedIds({ data: endpoint.data }))
    removeData(endpoint.data)

    const growth = tenths.at(-1)! / tenths[0]!
    if (accepted !== total) wrong.push(`${accepted} of ${total} receipted`)
    if (missing.length || twice) wrong.push(`${missing.length} missing, ${twice} twice`)
    if (most > mostMegabytes) wrong.push(`${most.toFixed(0)} MB`)
    if (!(growth <= mostGrowth)) wrong.push(`the last tenth took ${growth.toFixed(1)} times the first`)
    const seconds = tenths.reduce((sum, it) => sum + it, 0) / 1_000
    yield {
      fault: `${total} signals over HTTP, ${perBatch} a batch, ${atOnce} batches at once`,
      engine: 'PGlite',
      cases: 1,
      accepted,
      stored,
      dupWire: sent - total,
      unexplained: missing.length,
      verdict: wrong.length ? 'missed' : 'passed',
      note: [
        ...wrong,
        `${(sent / seconds).toFixed(0)} signals/s; last tenth ${growth.toFixed(2)} times the first; at most ${taken.toFixed(0)} MB, ${most.toFixed(0)} with the answers`,
        ...answers,
        `stopped in ${(stopMs / 1_000).toFixed(1)} s`,
      ].join('; '),
    }
  },
}
