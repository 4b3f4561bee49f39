import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Exchange, Fault } from './fault-proxy.ts'

/** As the endpoint says it, so that the page may read the answer and when to come again. */
const open = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Date, Age, ETag, Retry-After' }

/** Answers so instead of the endpoint. */
export const answers =
  (status: number, headers: Record<string, string> = {}, body = ''): Fault =>
  ({ give }) =>
    give({ status, headers, body: Buffer.from(body) })

/** The endpoint's own refusals may be read by the page; those of a gateway before it may not. */
export const says = (status: number, retryAfter?: number): Fault =>
  answers(status, { ...open, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) })

/** Takes the request and never answers. */
export const blackHole: Fault = () => {}

export const reset: Fault = ({ cut }) => cut()

/** As hotel networks do it: everybody is led to a page of theirs. */
export const captivePortal = answers(302, { ...open, location: 'http://127.0.0.1:9/portal' })

/** An endpoint that answers 200 and says something else. */
export const wrongBody = answers(200, { ...open, 'content-type': 'application/json' }, '{"ok":true}')

/** The answer breaks off in the middle. */
export const truncated: Fault = async ({ pass, response }) => {
  const { status, headers, body } = await pass()
  const { 'transfer-encoding': _chunked, ...rest } = headers
  response.writeHead(status, { ...rest, 'content-length': body.length })
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy())
}

/** The answer comes at one byte a second. */
export const slow: Fault = async ({ pass, response }) => {
  const { status, headers, body } = await pass()
  const { 'transfer-encoding': _chunked, ...rest } = headers
  response.writeHead(status, { ...rest, 'content-length': body.length })
  for (let at = 0; at < body.length && !response.destroyed; at++) {
    response.write(body.subarray(at, at + 1))
    await pause(1000)
  }
  response.end()
}

/** A slow network: every answer takes its time, by its length. */
export const slow3G =
  ({ latency, bytesPerSecond }: { latency: number; bytesPerSecond: number }): Fault =>
  async ({ request, pass, give }) => {
    await pause(latency / 2 + (1000 * Number(request.headers['content-length'] ?? 0)) / bytesPerSecond)
    const answer = await pass()
    await pause(latency / 2 + (1000 * answer.body.length) / bytesPerSecond)
    give(answer)
  }

/** Lets everything but signals pass. */
export const onlyBatches =
  (fault: Fault): Fault =>
  async (exchange) => {
    if (exchange.isBatch) await fault(exchange)
    else exchange.give(await exchange.pass())
  }

/** The endpoint has kept the signals, and the answer gets lost. */
export const ackLost: Fault = onlyBatches(async ({ pass, cut }) => {
  await pass()
  cut()
})

/** The endpoint has kept the signals, and the answer comes so many milliseconds later. */
export const ackDelayed = (milliseconds: number): Fault =>
  onlyBatches(async ({ pass, give }) => {
    const answer = await pass()
    await pause(milliseconds)
    give(answer)
  })

/** Every batch reaches the endpoint twice, at the same time. The page gets the later answer. */
export const delivered2: Fault = onlyBatches(async ({ pass, give }) => {
  const [, second] = await Promise.all([pass(), pass()])
  give(second)
})

/** Every other batch reaches the endpoint only after the next one, or so many milliseconds late. The page has given it up by then. */
export function reordered(longest: number): Fault {
  let held: (() => void) | undefined
  return onlyBatches(async ({ pass, give }: Exchange) => {
    const release = held
    held = undefined
    if (!release) await Promise.race([new Promise<void>((resolve) => (held = resolve)), pause(longest)])
    const answer: Answer = await pass()
    give(answer)
    release?.()
  })
}
