import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Signals sent to an endpoint by many browsers at once, and the books of what it said. */
export interface ServerLoad {
  /** Ids that a receipt has named as kept. */
  receipted: Set<string>
  /** Batches by what became of them: a status, or the code of a broken connection. */
  answers: Map<string, number>
  /** Refusals that did not say when to come again. */
  impolite: number
  /** Milliseconds from request to receipt. */
  delays: number[]
  /** Resolves at the next receipt. */
  receipt(): Promise<void>
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>
}

export interface LoadOptions {
  /** Begins every id. */
  name: string
  batchesPerSecond: number
  /** Signals in a batch; one of five is a click. */
  signals?: number
  /** Characters that every signal is made longer by. */
  ballast?: number
}

export function startLoad(url: string, { name, batchesPerSecond, signals = 5, ballast = 0 }: LoadOptions): ServerLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const load: ServerLoad = { receipted: new Set(), answers: new Map(), impolite: 0, delays: [], receipt, stop }
  let hear = () => {}
  const underWay = new Set<Promise<void>>()
  const page = `https://news.example/${'a'.repeat(ballast)}`
  let stopped = false

  function send(batch: number): Promise<void> {
    const occurredAt = new Date().toISOString()
    const entries = Array.from({ length: signals }, (_, n) => ({ id: `${name}x${batch}x${n}`, type: n % 5 ? 'impression' : 'click', occurredAt, item: 'arc-lamp', page }))
    const began = performance.now()
    return post(`${url}/v1/demo/signals`, JSON.stringify({ sentAt: occurredAt, signals: entries }), agent).then(({ what, retryAfter, body }) => {
      load.answers.set(what, (load.answers.get(what) ?? 0) + 1)
      if (what === '200') {
        load.delays.push(performance.now() - began)
        const { accepted, duplicate } = JSON.parse(body) as { accepted: string[]; duplicate: string[] }
        for (const id of [...accepted, ...duplicate]) load.receipted.add(id)
        hear()
      } else if (/^(429|503)$/.test(what) && !retryAfter) load.impolite++
    })
  }

  async function run() {
    const began = performance.now()
    for (let batch = 0; !stopped; batch++) {
      const sending = send(batch)
      underWay.add(sending)
      void sending.finally(() => underWay.delete(sending))
      await pause(Math.max(1, began + ((batch + 1) * 1000) / batchesPerSecond - performance.now()))
    }
  }
  const running = run()

  function receipt(): Promise<void> {
    return new Promise((resolve) => (hear = resolve))
  }

  async function stop() {
    stopped = true
    await running
    await Promise.all(underWay)
    agent.destroy()
  }
  return load
}

/** Never rejects: a broken connection is an answer too. */
export function post(url: string, body: string, agent?: Agent): Promise<{ what: string; retryAfter: string | undefined; body: string }> {
  return new Promise((resolve) => {
    const broken = (error: NodeJS.ErrnoException) => resolve({ what: error.code ?? error.message, retryAfter: undefined, body: '' })
    const asked = request(url, { method: 'POST', ...(agent && { agent }), headers: { 'content-type': 'text/plain' }, timeout: 30_000 }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('error', broken)
      answer.on('end', () => resolve({ what: String(answer.statusCode), retryAfter: answer.headers['retry-after'], body: text }))
    })
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'no answer in 30 s' })))
    asked.on('error', broken)
    asked.end(body)
  })
}
