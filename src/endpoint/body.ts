import { badRequest, Problem, tooLarge } from './problem.ts'

export interface BodyLimits {
  bytes: number
  /** Milliseconds until the whole body must have arrived. */
  ms: number
  /** Levels of `[` and `{`. */
  depth: number
}

/** The body's bytes as they arrive; throws a 413 past the limit. Lets the sender go when its reader ends or the signal comes. */
export async function* boundedBytes(request: Request, most: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const over = () => tooLarge(`The body is larger than ${most} bytes. Send it in parts.`)
  if (Number(request.headers.get('content-length')) > most) throw over()
  // Firefox has no Request.body; there the handler only runs under a mock, on bodies that are already in memory.
  const body = request.body as ReadableStream<Uint8Array> | null | undefined
  if (!body) {
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.length > most) throw over()
    return yield bytes
  }
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => {})
  signal?.addEventListener('abort', cancel)
  let read = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw badRequest('The body broke off before its end. Send it again.')
      })
      if (done) return
      read += value.length
      if (read > most) throw over()
      yield value
    }
  } finally {
    cancel()
  }
}

/** Reads a JSON body within its limits; throws a problem that says which one it broke. */
export async function readJson(request: Request, limits: BodyLimits): Promise<unknown> {
  const encoding = request.headers.get('content-encoding')
  if (encoding && encoding !== 'identity') {
    throw new Problem(415, 'Unsupported encoding', `The body is sent as "${encoding}". Send it uncompressed.`)
  }
  const text = await readText(request, limits)
  if (deeperThan(text, limits.depth)) throw badRequest(`The body is nested deeper than ${limits.depth} levels. Flatten it.`)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw badRequest(`The body is not JSON (${(error as Error).message.slice(0, 120)}). Send UTF-8 JSON.`)
  }
}

async function readText(request: Request, limits: BodyLimits): Promise<string> {
  const decoder = new TextDecoder()
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), limits.ms)
  let text = ''
  try {
    for await (const chunk of boundedBytes(request, limits.bytes, late.signal)) text += decoder.decode(chunk, { stream: true })
  } finally {
    clearTimeout(timer)
  }
  if (late.signal.aborted) {
    throw new Problem(408, 'Too slow', `The body did not arrive within ${limits.ms / 1000} s. Send it again.`)
  }
  return text + decoder.decode()
}

const quote = 0x22
const backslash = 0x5c

function deeperThan(text: string, most: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      while (++at < text.length && text.charCodeAt(at) !== quote) if (text.charCodeAt(at) === backslash) at++
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > most) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}
