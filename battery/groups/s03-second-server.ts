import { removeData, startEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup } from '../battery.ts'

const most = 5_000

/** How a second endpoint on a directory that is in use ends, in milliseconds; the sentence it says. */
async function refused(data: string): Promise<{ ms: number; sentence: string }> {
  const began = performance.now()
  try {
    await (await startEndpoint({ data })).stop()
    return { ms: NaN, sentence: 'it started' }
  } catch (error) {
    return { ms: performance.now() - began, sentence: (error as Error).message }
  }
}

export const group: BatteryGroup = {
  id: 'S3',
  title: 'A second endpoint on one data directory',
  pass: 'refused with a sentence that names the directory; the first goes on and keeps every row',
  async *run({ full }) {
    const first = await startEndpoint()
    const times: number[] = []
    let wrong = ''
    const cases = full ? 10 : 3
    for (let n = 0; n < cases; n++) {
      const { ms, sentence } = await refused(first.data)
      times.push(ms)
      if (!(ms < most) || !sentence.includes(first.data)) wrong = sentence
      const id = `second${n}x${'0'.repeat(10)}`
      const signals = [{ id, type: 'click', occurredAt: new Date().toISOString() }]
      const answer = await fetch(`${first.url}/v1/demo/signals`, { method: 'POST', body: JSON.stringify({ signals }) })
      if (!((await answer.json()) as { accepted: string[] }).accepted.includes(id)) wrong = 'the first lost a row'
    }
    await first.stop()
    const again = await startEndpoint({ data: first.data })
    const kept = await fetch(`${again.url}/v1/demo/signals?type=click`, { headers: { authorization: `Bearer ${again.token}` } })
    const stored = ((await kept.json()) as { signals: unknown[] }).signals.length
    await again.stop()
    removeData(first.data)
    times.sort((a, b) => a - b)
    yield {
      fault: 'started beside the first, which keeps working',
      engine: 'PGlite',
      cases,
      accepted: cases,
      stored,
      unexplained: cases - stored,
      p50: times[times.length >> 1]!,
      p99: times.at(-1)!,
      verdict: wrong || stored !== cases ? 'missed' : 'passed',
      ...(wrong ? { note: wrong } : { note: 'times are until the refusal, with the start of Node' }),
    }
  },
}
