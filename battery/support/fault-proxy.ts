import { once } from 'node:events'
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What the endpoint answers behind the proxy. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** One request of the page under test, and the ways to treat it. */
export interface Exchange {
  request: IncomingMessage
  /** A batch of signals, by fetch or by beacon. */
  isBatch: boolean
  response: ServerResponse
  /** Lets the endpoint have the request; the answer is not yet given. */
  pass(): Promise<Answer>
  give(answer: Answer): void
  /** Cuts the connection. */
  cut(): void
}

/** Treats a request; the page hears nothing but what it gives. */
export type Fault = (exchange: Exchange) => void | Promise<void>

/** A batch as it stood on the wire. */
export interface Batch {
  at: number
  /** By fetch, whose answer is waited for; else a beacon. */
  fetched: boolean
  /** Who sent it, as far as the page's referrer policy lets it say so. */
  from: string
  /** When it was answered, or its connection was cut; undefined while it is under way. */
  until?: number
  signals: { id: string; list?: string }[]
}

/** Stands between the page and the endpoint, and keeps its own account of what went over the wire. */
export interface FaultProxy {
  url: string
  /** Treats every request from now on; undefined lets all pass. */
  fault: Fault | undefined
  /** The fault is over: everything passes, and what is still unanswered is cut off, as by a server that is started anew. */
  mend(): Promise<void>
  /** Takes no more connections and cuts the open ones, or takes them again. */
  refuse(refused: boolean): Promise<void>
  readonly batches: Batch[]
  /** When the endpoint had committed a signal, by its id. */
  readonly committed: Map<string, number>
  /** Ids that receipts refused. */
  readonly refused: Set<string>
  /** Batches under way. */
  readonly underWay: number
  close(): Promise<void>
}

const signalsOf = (body: Buffer) => (JSON.parse(body.toString()) as Pick<Batch, 'signals'>).signals

interface ReceiptLike {
  accepted?: string[]
  duplicate?: string[]
  rejected?: { id?: string }[]
}

export async function startFaultProxy(endpoint: string): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const sockets = new Set<Socket>()
  const unanswered = new Set<ServerResponse>()
  const batches: Batch[] = []
  const committed = new Map<string, number>()
  const refused = new Set<string>()
  let fault: Fault | undefined
  let underWay = 0

  function forward(request: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { ...request.headers, host: new URL(endpoint).host, 'content-length': String(body.length) }
      const inner = ask(endpoint + request.url, { method: request.method, headers, agent }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }))
      })
      inner.on('error', reject)
      inner.end(body)
    })
  }

  function hear(answer: Answer): void {
    if (answer.status !== 200) return
    const now = Date.now()
    const receipt = JSON.parse(answer.body.toString()) as ReceiptLike
    for (const id of [...(receipt.accepted ?? []), ...(receipt.duplicate ?? [])]) if (!committed.has(id)) committed.set(id, now)
    for (const { id } of receipt.rejected ?? []) if (id) refused.add(id)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    unanswered.add(response)
    response.once('close', () => unanswered.delete(response))
    const at = Date.now()
    const isBatch = request.method === 'POST' && request.url!.endsWith('/signals')
    const fetched = request.headers['sec-fetch-mode'] !== 'no-cors'
    if (isBatch) {
      underWay++
      response.once('close', () => underWay--)
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const note = () => {
      const batch: Batch = { at, fetched, from: request.headers.referer ?? '', signals: signalsOf(body) }
      batches.push(batch)
      response.once('close', () => (batch.until = Date.now()))
    }
    if (isBatch) note()
    let passes = 0
    const exchange: Exchange = {
      request,
      isBatch,
      response,
      async pass() {
        // A copy that the network has made is one on the wire too.
        if (isBatch && passes++) note()
        const answer = await forward(request, body)
        if (isBatch) hear(answer)
        return answer
      },
      give({ status, headers, body }) {
        const { 'transfer-encoding': _chunked, connection: _connection, 'keep-alive': _keepAlive, ...rest } = headers
        response.writeHead(status, { ...rest, 'content-length': body.length }).end(body)
      },
      cut: () => void request.socket.resetAndDestroy(),
    }
    if (fault) await fault(exchange)
    else exchange.give(await exchange.pass())
  }

  // Whoever is cut off in the middle hears nothing, and so does the battery: what was accepted is in the ledger.
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()))
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const cease = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.resetAndDestroy()
    await closed
  }
  const port = await listen(0)
  let listening = true

  const refuse = async (refuses: boolean) => {
    if (refuses === !listening) return
    listening = !refuses
    await (refuses ? cease() : listen(port))
  }

  return {
    url: `http://127.0.0.1:${port}`,
    get fault() {
      return fault
    },
    set fault(next) {
      fault = next
    },
    async mend() {
      fault = undefined
      for (const response of unanswered) response.socket?.resetAndDestroy()
      await refuse(false)
    },
    refuse,
    batches,
    committed,
    refused,
    get underWay() {
      return underWay
    },
    async close() {
      if (listening) await cease()
      agent.destroy()
    },
  }
}
