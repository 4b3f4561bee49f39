import { Readable } from 'node:stream'
import { readAnswer, type Endpoint, type KeptSignal } from './endpoint.ts'
import type { ImportSummary } from '../endpoint/import/import-feed.ts'
import type { Report } from '../contract/report.ts'

/** A running endpoint, asked over HTTP with the publisher's token. */
export function runningEndpoint(url: string, publisher: string, token: string | undefined): Endpoint {
  const home = `${url}/v1/${encodeURIComponent(publisher)}/`

  async function ask(path: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Response> {
    try {
      return await fetch(home + path, { ...init, headers: token ? { authorization: `Bearer ${token}` } : {} })
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error }
      throw new Error(`The endpoint ${url} does not answer: ${cause?.message || message}`, { cause: error })
    }
  }

  return {
    publisher,
    async report({ from, to, by }) {
      return readAnswer<Report>(await ask(`report?${query({ from, to, by: by?.join(','), limit: '10000' })}`))
    },
    async signalsOf(ref) {
      return (await readAnswer<{ signals: KeptSignal[] }>(await ask(`signals?${query({ ref })}`))).signals
    },
    async importFeed(source, feed, { format, filename, base, currency, columns, dryRun, onProgress }) {
      const wish = query({ feed, format, filename, base, currency, columns: columns?.join(','), dryRun: dryRun ? 'true' : undefined })
      let bytes = 0
      const counted = async function* () {
        for await (const chunk of source) {
          yield chunk
          onProgress?.({ bytes: (bytes += chunk.length), rows: 0 })
        }
      }
      const answer = await ask(`imports?${wish}`, { method: 'POST', body: Readable.toWeb(Readable.from(counted())) as ReadableStream, duplex: 'half' })
      return readAnswer<ImportSummary>(answer)
    },
    async putCues(media, about, cues) {
      const body = JSON.stringify({ media: about, cues })
      return (await readAnswer<{ issues: string[] }>(await ask(`media/${encodeURIComponent(media)}/cues`, { method: 'PUT', body }))).issues
    },
    async mediaIds() {
      const { rows } = await readAnswer<Report>(await ask('report?by=media&limit=10000'))
      return rows.flatMap(({ media }) => media ?? [])
    },
    get: (path) => ask(path),
    close: async () => {},
  }
}

function query(params: Record<string, string | undefined>): string {
  return new URLSearchParams(Object.entries(params).filter((it): it is [string, string] => it[1] !== undefined)).toString()
}
