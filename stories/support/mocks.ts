import { http, HttpResponse, type RequestHandler } from 'msw'
import { setupWorker } from 'msw/browser'
import { createHandler, type Handler } from '../../src/endpoint/handler.ts'
import { migrate } from '../../src/endpoint/store/migrate.ts'
import { migrations } from '../../src/endpoint/store/migrations.ts'
import { openPGlite } from '../../src/endpoint/store/pglite.ts'
import { start } from '../../src/runtime/start.ts'
import { fillDemo } from './fill-demo.ts'

/** How the endpoint of a story behaves. */
export type EndpointMood = 'well' | 'silent' | 'down' | 'nonsense'

const moods: Record<Exclude<EndpointMood, 'well'>, RequestHandler> = {
  silent: http.all('*/v1/*', () => new Promise<Response>(() => {})),
  down: http.all('*/v1/*', () => HttpResponse.error()),
  nonsense: http.all('*/v1/*', () => HttpResponse.html('<h1>502 Bad gateway</h1>')),
}

/** The real endpoint on a store in memory, with the demo's catalogue: what a story shows cannot drift from it. */
async function openEndpoint(): Promise<Handler> {
  const sql = await openPGlite()
  await migrate(sql, migrations)
  const handler = createHandler({ sql, publicUrl: location.origin })
  await fillDemo(sql, handler, location.origin)
  return handler
}

let worker: Promise<ReturnType<typeof setupWorker>> | undefined
let stop: (() => void) | undefined

async function startWorker(): Promise<ReturnType<typeof setupWorker>> {
  const handler = await openEndpoint()
  const started = setupWorker(http.all('*/v1/*', ({ request }) => handler(request)))
  await started.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: './mockServiceWorker.js' } })
  return started
}

/** Has the story's requests answered by the real endpoint, in the mood the story asks for, and starts the page's runtime anew. */
export async function startMocks(mood: EndpointMood = 'well'): Promise<void> {
  const running = await (worker ??= startWorker())
  running.resetHandlers()
  if (mood !== 'well') running.use(moods[mood])
  stop?.()
  stop = start({ endpoint: location.origin, publisher: 'demo', consent: 'granted' })
}
