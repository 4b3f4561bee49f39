import { PGlite } from '@electric-sql/pglite'
import { http, HttpResponse, passthrough, type RequestHandler } from 'msw'
import { setupWorker } from 'msw/browser'
import { createHandler } from '../../src/endpoint/handler.ts'
import { start } from '../../src/runtime/start.ts'
import { fillDemo } from './fill-demo.ts'
import { memorySql } from './memory-sql.ts'

/** How the endpoint of a story behaves. */
export type EndpointMood = 'well' | 'slow' | 'down' | 'nonsense'

const moods: Record<Exclude<EndpointMood, 'well'>, RequestHandler> = {
  slow: http.all('*/v1/*', () => new Promise<Response>(() => {})),
  down: http.all('*/v1/*', () => HttpResponse.error()),
  nonsense: http.all('*/v1/*', () => HttpResponse.html('<h1>502 Bad gateway</h1>')),
}

/** The real endpoint on a store in memory, filled with the demo catalogue: what a story shows cannot drift from it. */
async function openEndpoint(): Promise<(request: Request) => Promise<Response>> {
  const sql = memorySql(await PGlite.create())
  const handler = createHandler({ sql, publicUrl: location.origin })
  await fillDemo(sql, location.origin)
  return handler
}

let worker: ReturnType<typeof setupWorker> | undefined
let stop: (() => void) | undefined

/** Answers the story's requests by the real endpoint, in the mood the story asks for, and starts the page's runtime anew. */
export async function startMocks(mood: EndpointMood = 'well'): Promise<void> {
  if (!worker) {
    const endpoint = openEndpoint()
    worker = setupWorker(
      http.all('*/v1/*', async ({ request }) => (await endpoint)(request)),
      http.all('*', () => passthrough()),
    )
    await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: './mockServiceWorker.js' } })
    await endpoint
  }
  worker.resetHandlers()
  if (mood !== 'well') worker.use(moods[mood])
  stop?.()
  stop = start({ endpoint: location.origin, publisher: 'demo', consent: 'granted' })
}
