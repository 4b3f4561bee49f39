import { readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'

export interface ListenOptions {
  host: string
  /** 0 takes any free one. */
  port: number
  /** Open connections at most. */
  connections: number
  answer: (request: Request, incoming: IncomingMessage) => Promise<Response>
}

export interface Listener {
  /** As in `http://127.0.0.1:8787`. */
  url: string
  /** Takes no new requests at once, and resolves when those under way have ended, or were cut after 4 s. */
  close(): Promise<void>
}

const drainMs = 4_000
/** A client that neither sends nor reads anything for so long is gone, or wants to be waited for. */
const idleMs = 120_000
/** For what is left of a body after its answer, before the connection is closed. */
const restMs = 1_000
/** Bytes of answers that clients may leave unread, all together; beyond them no more is answered until some have been read. */
const mostUnread = 64_000_000
/** Files that the process needs beside its connections: the store's, and those it serves. */
const otherFiles = 256

/** Listens on a socket. Rejects with a sentence when the port cannot be had. */
export async function listen({ host, port, connections, answer }: ListenOptions): Promise<Listener> {
  const working = new Set<Promise<Response>>()
  let unread = 0

  /** Counts what the client leaves of its answer until it has read it, or is gone. */
  function countUnread(outgoing: ServerResponse) {
    setImmediate(() => {
      const bytes = outgoing.destroyed ? 0 : outgoing.writableLength
      if (!bytes) return
      unread += bytes
      let counted = true
      const read = () => {
        if (counted) unread -= bytes
        counted = false
      }
      outgoing.once('finish', read).once('close', read)
    })
  }

  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const { incoming, outgoing } = env as HttpBindings
      hangUpOnRest(incoming, outgoing)
      if (unread > mostUnread) return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
      const work = answer(request, incoming)
      working.add(work)
      try {
        const response = await work
        // It is written in the steps that follow.
        setImmediate(() => countUnread(outgoing))
        return response
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
  server.maxConnections = Math.min(connections, mostFiles() - otherFiles)
  server.setTimeout(idleMs)

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

/** A body that nobody wants to read, and that does not end, would keep its connection for ever. */
function hangUpOnRest(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.once('finish', () => {
    if (!incoming.complete) setTimeout(() => !incoming.complete && incoming.socket.destroy(), restMs).unref()
  })
}

/** Files that the system lets this process open; no end where it does not say. */
function mostFiles(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return soft ? Math.max(Number(soft), otherFiles + 16) : Infinity
  } catch {
    return Infinity
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
