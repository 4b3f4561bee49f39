import { Receipt, type SignalBatch } from '../contract/signal.ts'
import { toJson } from '../contract/to-json.ts'
import type { Http, Result } from './http.ts'

const path = '/signals'
// All keepalive requests and beacons of a page share 64 KiB; a larger body takes its chance without.
const keepaliveBytes = 16_000
// Anything else than text/plain would be asked for by a preflight, which a closing page does not live to see.
const headers = { 'content-type': 'text/plain' }

/**
 * Posts a batch; only the receipt says what the endpoint has kept. When the page is put aside, a request that would
 * cost it its place in the back/forward cache is broken off.
 */
export function postSignals(http: Http, batch: SignalBatch, stopped: AbortSignal): Promise<Result<Receipt>> {
  const body = toJson(batch)
  const keepalive = new Blob([body]).size <= keepaliveBytes
  return http.request(path, Receipt, { method: 'POST', headers, body, keepalive, signal: keepalive ? null : stopped })
}

/** Hands a batch to the browser when the page is leaving; false when it does not take it. Nobody hears what became of it. */
export function beaconSignals({ base, wire }: Http, batch: SignalBatch): boolean {
  return wire.beacon(base + path, toJson(batch))
}
