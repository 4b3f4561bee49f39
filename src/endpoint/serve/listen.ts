import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'

export interface ListenOptions {
  host: string
  /** 0 takes any free one. */
  port: number
  answer: (request: Request, incoming: IncomingMessage) => Promise<Response>
}

export interface Listener {
  /** As in `http://127.0.0.1:8787`. */
  url: string
  /** Takes no new requests at once, and resolves when those under way have ended, or were cut after 5 s. */
  close(): Promise<void>
}

const drainMs = 5_000

/** Listens on a socket. Rejects with a sentence when the port cannot be had. */
export async function listen({ host, port, answer }: ListenOptions): Promise<Listener> {
  const working = new Set<Promise<Response>>()

  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const work = answer(request, (env as HttpBindings).incoming)
      working.add(work)
      try {
        return await work
      } finally {
        working.delete(work)
      }
    },
    serverOptions: {
      maxHeaderSize: 16_384,
      // A client that dribbles its headers holds no socket for long. Bodies have their limits in the handler:
      // a feed may take its time.
      headersTimeout: 10_000,
      requestTimeout: 0,
      keepAliveTimeout: 10_000,
      connectionsCheckingInterval: 5_000,
    },
  }) as Server

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(refusal(error, host, port))))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo

  return {
    url: `http://${reachable(host)}:${address.port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // A connection that was busy until now would be kept for a next request.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      let late: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => (late = setTimeout(resolve, drainMs)))
      await Promise.race([enough, closed.then(() => Promise.allSettled(working))])
      clearInterval(sweep)
      clearTimeout(late)
      server.closeAllConnections()
    },
  }
}

/** An address that means "all of mine" is no address to call. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function refusal({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use. Choose another by --port or PORT (0 takes any free one).`
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023 by --port or PORT.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}. Set HOST to one of its own, or to 0.0.0.0 for all.`
  }
  return `Cannot listen on ${host}:${port}: ${message}`
}
