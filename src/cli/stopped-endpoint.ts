import { createHandler } from '../endpoint/handler.ts'
import { importFeed } from '../endpoint/import/import-feed.ts'
import { lightened } from '../endpoint/lightened-cue.ts'
import { audit } from '../endpoint/store/audit.ts'
import { createCatalogue } from '../endpoint/store/catalogue.ts'
import { putSheet } from '../endpoint/store/media.ts'
import { mediaIds } from '../endpoint/store/media-ids.ts'
import { openStoppedStore, type StorePlace } from '../endpoint/store/open-store.ts'
import { findPublisher } from '../endpoint/store/publishers.ts'
import { dimensions, report } from '../endpoint/store/report.ts'
import type { Endpoint, KeptSignal } from './endpoint.ts'

const mostRows = 10_000
const mostSignals = 100

/** The store of a stopped endpoint, opened and locked by this process. Who can open it needs no token. */
export async function stoppedEndpoint(place: StorePlace, publisher: string): Promise<Endpoint> {
  const sql = await openStoppedStore(place)
  if (!(await findPublisher(sql, publisher))) {
    await sql.close()
    const mend = 'Make it by kanmai serve --config FILE, or name another by --publisher.'
    throw new Error(`The store has no publisher "${publisher}". ${mend}`)
  }
  const handler = createHandler({ sql })
  return {
    publisher,
    report: ({ from, to, by = [...dimensions] }) =>
      report(sql, publisher, { now: Date.now(), from: readMoment(from), to: readMoment(to), by, limit: mostRows }),
    signalsOf: async (ref) => (await audit(sql, publisher, { ref, size: mostSignals })).signals as KeptSignal[],
    importFeed: (source, feed, options) => importFeed(source, options, createCatalogue(sql, publisher, feed)),
    async putCues(media, about, cues) {
      const issues: string[] = []
      await putSheet(sql, publisher, { media: { ...about, id: media }, cues: cues.map((cue) => lightened(cue, issues)), dropLive: false })
      return issues
    },
    mediaIds: () => mediaIds(sql, publisher),
    get: (path) => handler(new Request(`http://localhost/v1/${encodeURIComponent(publisher)}/${path}`)),
    async close() {
      await handler.close()
      await sql.close()
    },
  }
}

const readMoment = (moment: string | undefined) => (moment === undefined ? undefined : Date.parse(moment))
