import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CueSheet, LiveCue, RoomState } from '../../src/contract/cue.ts'
import { noPostgres, startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'

const postgres: TestPostgres | undefined = await startPostgres()

describe('two endpoint processes on one PostgreSQL', { skip: !postgres && noPostgres, timeout: 180_000 }, () => {
  const endpoints: RunningEndpoint[] = []
  const leaves: (() => void)[] = []
  before(async () => {
    const address = postgres!.createDatabase()
    for (let n = 0; n < 2; n++) {
      // No heartbeat comes to the rescue of a lost notice.
      const env = { DATABASE_URL: address, KANMAI_LIMITS: '{"heartbeatMs": 3600000, "roomStateMs": 50}' }
      endpoints.push(await startEndpoint({ data: mkdtempSync(join(tmpdir(), 'kanmai-process-')), env }))
    }
  })
  after(async () => {
    for (const leave of leaves) leave()
    for (const endpoint of endpoints) {
      await endpoint.stop()
      removeData(endpoint.data)
    }
    await postgres?.stop()
  })

  /** Reads a room at one of the processes as an EventSource would. */
  async function follow(which: number) {
    const gone = new AbortController()
    leaves.push(() => gone.abort())
    const response = await fetch(`${endpoints[which]!.url}/v1/demo/live/room`, { signal: gone.signal })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const cues: string[] = []
    let state: RoomState | undefined
    let text = ''
    const next = async () => {
      const { done, value } = await reader.read()
      assert.ok(!done, 'the stream goes on')
      text += value
      const events = text.split('\n\n')
      text = events.pop()!
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1]
        if (event.includes('event: cue')) cues.push((JSON.parse(data!) as LiveCue).cue.id)
        if (event.includes('event: room')) state = JSON.parse(data!) as RoomState
      }
    }
    return {
      gone,
      async cues(count: number) {
        while (cues.length < count) await next()
        return [...cues]
      },
      async viewers(count: number) {
        while (state?.viewers !== count) await next()
      },
    }
  }

  async function pin(which: number, id: string): Promise<void> {
    const { url, token } = endpoints[which]!
    const init = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ id, item: 'kettle' }) }
    const answer = await fetch(`${url}/v1/demo/live/room/cues`, init)
    assert.equal(answer.status, 200, await answer.text())
  }

  it('share a room: its cues, their order, and who is there', async () => {
    const viewers = [await follow(0), await follow(1), await follow(1)]
    await Promise.all(viewers.map((it) => it.viewers(3)))
    await Promise.all(Array.from({ length: 20 }, (_, n) => pin(n % 2, `cue-${n}`)))
    const [first, ...others] = await Promise.all(viewers.map((it) => it.cues(20)))
    assert.deepEqual([...first!].sort(), Array.from({ length: 20 }, (_, n) => `cue-${n}`).sort())
    for (const other of others) assert.deepEqual(other, first)
    viewers[2]!.gone.abort()
    await viewers[0]!.viewers(2)
  })

  it('hear what was said while the connection that listens was broken', async () => {
    const viewers = [await follow(0), await follow(1)]
    const before = (await viewers[0]!.cues(20)).length
    await viewers[1]!.cues(20)
    postgres!.breakConnections()
    await pin(0, 'unheard').catch(() => pin(0, 'unheard'))
    for (const viewer of viewers) assert.equal((await viewer.cues(before + 1)).at(-1), 'unheard')
  })

  it('give the same recording', async () => {
    const sheets = await Promise.all(endpoints.map(async ({ url }) => (await (await fetch(`${url}/v1/demo/media/room/cues`)).json()) as CueSheet))
    assert.deepEqual(sheets[0]!.cues, sheets[1]!.cues)
    assert.equal(sheets[0]!.cues.length, 21)
  })
})
