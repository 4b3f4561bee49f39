import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../../bench/table.ts'
import { freePort } from '../../test/support/free-port.ts'
import { noPostgres, startPostgres } from '../../test/support/postgres.ts'
import { removeData, startEndpoint } from '../../test/support/start-endpoint.ts'
import type { BatteryGroup, BatteryOptions, BatteryRow } from '../battery.ts'
import { compare, storedIds } from '../support/raw-store.ts'
import { startLoad } from '../support/server-load.ts'

const batchesPerSecond = 50
const mostRestartMs = 5_000

/** Kills the endpoint under load so often, and looks into its store past it. */
async function killed(store: string, kills: number, databaseUrl: string | undefined, { say }: BatteryOptions): Promise<BatteryRow> {
  const data = mkdtempSync(join(tmpdir(), 'kanmai-battery-'))
  // The same at every start: what the demo is filled with stays, as behind a fixed address.
  const port = await freePort()
  const start = () => startEndpoint({ data, port, env: databaseUrl ? { DATABASE_URL: databaseUrl } : {} })
  const receipted = new Set<string>()
  const restarts: number[] = []
  await (await start()).stop('SIGKILL')
  for (let n = 0; n < kills; n++) {
    const began = performance.now()
    const endpoint = await start()
    restarts.push(performance.now() - began)
    const load = startLoad(endpoint.url, { name: `k${n}`, batchesPerSecond })
    await pause(300 + Math.random() * 1_200)
    // Every other time in the moment in which a receipt has come: what it promises must be on the disk by then.
    if (n % 2) await load.receipt()
    await endpoint.stop('SIGKILL')
    await load.stop()
    for (const id of load.receipted) receipted.add(id)
    if (n % 10 === 9) say(`${store}: ${n + 1} kills, ${receipted.size} receipted`)
  }
  const began = performance.now()
  const last = await start()
  restarts.push(performance.now() - began)
  await last.stop()
  const { accepted, stored, missing, twice } = compare(receipted, await storedIds(databaseUrl ? { databaseUrl } : { data }))
  removeData(data)
  const p99 = percentile(restarts, 99)
  const wrong = [
    ...(missing.length ? [`missing ${missing.slice(0, 3).join(', ')}`] : []),
    ...(twice ? [`${twice} stored twice`] : []),
    ...(p99 >= mostRestartMs ? [`p99 of a restart is ${p99.toFixed(0)} ms`] : []),
    ...(accepted < kills ? ['hardly anything was receipted'] : []),
  ]
  return {
    fault: `killed (SIGKILL) under ${batchesPerSecond} requests/s, at a random moment or at a receipt`,
    engine: store,
    cases: kills,
    accepted,
    stored,
    unexplained: missing.length,
    p50: percentile(restarts, 50),
    p99,
    verdict: wrong.length ? 'missed' : 'passed',
    note: [...wrong, 'times are of a restart, until it is ready'].join('; '),
  }
}

export const group: BatteryGroup = {
  id: 'S1',
  title: 'The endpoint killed under load',
  pass: 'every receipted id is in the store, once; p99 of a restart below 5 s',
  async *run(options) {
    yield await killed('PGlite', options.full ? 100 : 10, undefined, options)
    const postgres = await startPostgres({ fsync: true })
    if (!postgres) {
      yield { fault: 'killed under load', engine: 'PostgreSQL', cases: 0, verdict: 'measured', note: noPostgres }
      return
    }
    try {
      yield await killed('PostgreSQL', options.full ? 30 : 5, postgres.createDatabase(), options)
    } finally {
      await postgres.stop()
    }
  },
}
