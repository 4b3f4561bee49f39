import { createHandler } from '../handler.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { lockData } from '../store/data-lock.ts'
import { openStore } from '../store/open-store.ts'
import { putPublisher, type PublisherChange } from '../store/publishers.ts'
import type { Sql } from '../store/sql.ts'
import { clientAddress } from './client-address.ts'
import { fillDemo } from './fill-demo.ts'
import { forwardedUrl } from './forwarded-url.ts'
import { keepToken } from './kept-token.ts'
import { listen } from './listen.ts'
import { site } from './site.ts'

export interface ServeOptions {
  host: string
  /** 0 takes any free one. */
  port: number
  /** How the endpoint is reached from outside; default: where it listens. */
  publicUrl?: string | undefined
  /** Proxies whose `X-Forwarded-For` is believed. */
  proxies: number
  data: string
  databaseUrl?: string | undefined
  /** Made or changed before the first answer. */
  publishers: PublisherChange[]
  /** The operator's token: it makes publishers by PUT config, and is that of the demo publisher. */
  token?: string | undefined
  /** Serves the demo site and fills the demo publisher. Its token is the one given, else kept in the data directory. */
  demo: boolean
  /** Whether an address is a data centre's. */
  isDatacentre?: ((address: string) => boolean) | undefined
  /** Instead of the endpoint's own. */
  limits?: Partial<Limits>
  /** Hears what is worth a line. */
  note: (line: string) => void
}

export interface Serving {
  url: string
  /** Lets requests finish, then closes the store and gives the data directory back. */
  close(): Promise<void>
}

/** Starts the endpoint on the data directory's store. Rejects with a sentence, and leaves nothing open, when it cannot. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { host, port, data, proxies, note } = options
  const undo: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step()
  }
  try {
    const lock = await lockData(data)
    undo.push(() => lock.release())

    const secret = options.demo ? keepToken(data, options.token) : undefined
    if (secret?.isNew) note(`Token of the publisher demo: ${secret.token} (kept in ${data})`)
    const token = secret?.token ?? options.token

    // The port comes before the store: it is known at once whether it can be had, and the demo's links need it.
    const addresses = new WeakMap<Request, string>()
    const ready = createLatch<ReturnType<typeof createHandler>>()
    const listener = await listen({
      host,
      port,
      connections: options.limits?.connections ?? defaultLimits.connections,
      async answer(request, incoming) {
        const page = await site(request, { demo: options.demo })
        if (page) return page
        const address = clientAddress(incoming, proxies)
        if (address) addresses.set(request, address)
        const handler = await ready.value
        return handler ? handler(request) : new Response(null, { status: 503, headers: { 'retry-after': '5' } })
      },
    })
    undo.push(async () => {
      const closed = listener.close()
      // Whoever called before the store was open hears that it will not be.
      ready.open(undefined)
      await (await ready.value)?.close()
      await closed
    })

    const sql = await openStore(options, note)
    // Closed after the listener, before the lock.
    undo.splice(1, 0, () => sql.close())
    const handler = createHandler({
      sql,
      clientAddress: (request) => addresses.get(request),
      log: note,
      ...(options.limits && { limits: options.limits }),
      ...(options.isDatacentre && { isDatacentre: options.isDatacentre }),
      ...(token && { adminToken: token }),
      publicUrl: options.publicUrl ?? ((request) => forwardedUrl(request, proxies)),
    })
    await putPublishers(sql, options.publishers, note)
    if (secret) await fillDemo({ sql, handler, publicUrl: options.publicUrl ?? listener.url, token: secret.token, note })
    ready.open(handler)
    lock.announce(listener.url)
    return { url: listener.url, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function putPublishers(sql: Sql, publishers: PublisherChange[], note: (line: string) => void): Promise<void> {
  for (const publisher of publishers) {
    const { issues } = await putPublisher(sql, publisher)
    for (const issue of issues) note(`Publisher ${publisher.key}: ${issue}`)
  }
}

/** A value that others may wait for; only the first one counts. */
function createLatch<T>() {
  let open!: (value: T | undefined) => void
  const value = new Promise<T | undefined>((resolve) => (open = resolve))
  return { value, open }
}
