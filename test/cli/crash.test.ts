import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { newDirectory, serveKanmai } from './run-kanmai.ts'

const rounds = 5
const senders = 6
const token = 'a-token-for-this-test'

interface Page {
  signals: { id: string }[]
  next?: string
}

async function audit(url: string): Promise<string[]> {
  const ids: string[] = []
  let next: string | undefined
  do {
    const query = new URLSearchParams({ limit: '1000', ...(next && { cursor: next }) })
    const answer = await fetch(`${url}/v1/demo/signals?${query}`, { headers: { authorization: `Bearer ${token}` } })
    const page = (await answer.json()) as Page
    ids.push(...page.signals.map(({ id }) => id))
    next = page.next
  } while (next)
  return ids
}

/** Sends batches, one after the other, until nobody answers any more. `receipt` gets the ids that a receipt names. */
async function sendUntilGone(url: string, name: string, receipt: (ids: string[]) => void): Promise<void> {
  for (let batch = 0; ; batch++) {
    const signals = Array.from({ length: 5 }, (_, n) => ({ id: `${name}-${batch}-${n}`, type: 'impression', occurredAt: new Date().toISOString(), item: 'arc-lamp' }))
    try {
      const answer = await fetch(`${url}/v1/demo/signals`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ signals }) })
      if (answer.ok) receipt(((await answer.json()) as { accepted: string[] }).accepted)
    } catch {
      return
    }
  }
}

describe('a killed endpoint', () => {
  const data = newDirectory()
  after(() => rmSync(data, { recursive: true, force: true }))

  it(`has every receipted signal once, after ${rounds} kills in the middle of writes`, async () => {
    const env = { KANMAI_TOKEN: token, KANMAI_DATA: data }
    const receipted = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const serving = await serveKanmai(['--demo'], { env })
      // Killed at a moment of the writes, not of the clock: each round has a few more behind it.
      const enough = 40 + round * 35
      let counted = 0
      let reached!: () => void
      const middle = new Promise<void>((resolve) => (reached = resolve))
      const sending = Array.from({ length: senders }, (_, n) =>
        sendUntilGone(serving.url, `r${round}s${n}`, (ids) => {
          ids.forEach((id) => receipted.add(id))
          counted += ids.length
          if (counted >= enough) reached()
        }),
      )
      await middle
      await serving.stop('SIGKILL')
      await Promise.all(sending)
    }
    const serving = await serveKanmai(['--demo'], { env })
    const ids = await audit(serving.url)
    await serving.stop()
    assert.equal(new Set(ids).size, ids.length, 'a signal is kept twice')
    const missing = [...receipted].filter((id) => !ids.includes(id))
    assert.deepEqual(missing, [], `${missing.length} of ${receipted.size} receipted signals are missing`)
    assert.ok(receipted.size >= rounds * 40)
  })
})
