type Decoder = InstanceType<typeof TextDecoder>

const pieceLength = 32_768

/** How the bytes are written, as far as their beginning says: a byte order mark, UTF-16 without one, an XML declaration. */
function declared(head: Uint8Array): { label: string; sure: boolean } {
  const [a = 0, b = 0, c = 0, d = 0] = head
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', sure: true }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', sure: true }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', sure: false }
  if (a && !b && c && !d) return { label: 'utf-16le', sure: true }
  if (!a && b && !c && d) return { label: 'utf-16be', sure: true }
  const ascii = String.fromCharCode(...head.subarray(0, 200))
  const label = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(ascii)?.[1]?.toLowerCase()
  return label && !/^utf-?(?:8|16)$|^us-ascii$/.test(label) ? { label, sure: true } : { label: 'utf-8', sure: false }
}

/** Bytes at the end that begin a UTF-8 character which the next chunk must finish. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    return byte >= (back === 1 ? 0xc0 : back === 2 ? 0xe0 : 0xf0) ? back : 0
  }
  return 0
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (!a.length) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function decoderFor(label: string, onIssue: (issue: string) => void): Decoder {
  try {
    return new TextDecoder(label)
  } catch {
    onIssue(`the file says it is written in "${label}", which is unknown here: read as UTF-8`)
    return new TextDecoder()
  }
}

/**
 * The text of a file, in pieces of at most 32,768 characters, without its byte order mark. What claims no other encoding is
 * UTF-8; where it is not, and nothing before was, it is Windows-1252, the superset of ISO-8859-1 that tables are saved in.
 */
export async function* textOf(
  source: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
  onIssue: (issue: string) => void,
): AsyncGenerator<string> {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let decoder: Decoder | undefined
  let waiting: Uint8Array = new Uint8Array()
  let started = false
  let sawUtf8 = false
  let damaged = false

  const decode = (bytes: Uint8Array, last: boolean): string => {
    if (decoder) return decoder.decode(bytes, { stream: !last })
    const rest = last ? 0 : unfinished(bytes)
    waiting = bytes.slice(bytes.length - rest)
    const whole = bytes.subarray(0, bytes.length - rest)
    try {
      const text = strict.decode(whole)
      sawUtf8 ||= /[^\0-\x7f]/.test(text)
      return text
    } catch {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole)
      const bad = text.split('\ufffd').length - 1
      const good = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0
      if (!sawUtf8 && bad >= good) {
        decoder = new TextDecoder('windows-1252')
        waiting = new Uint8Array()
        return decoder.decode(bytes, { stream: !last })
      }
      if (!damaged) onIssue('a byte here belongs to no UTF-8 character: such places are shown as \ufffd')
      damaged = true
      sawUtf8 = true
      return text
    }
  }

  function* pieces(text: string): Generator<string> {
    for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength)
  }

  for await (const chunk of source) {
    onBytes(chunk.length)
    // Chunks may come in any size: of one byte, or the whole file.
    for (let at = 0; at < chunk.length; at += pieceLength) {
      let bytes = joined(waiting, chunk.subarray(at, at + pieceLength))
      waiting = new Uint8Array()
      if (!started) {
        // The declaration needs a few bytes to be seen.
        if (bytes.length < 200) {
          waiting = bytes
          continue
        }
        bytes = start(bytes)
      }
      yield* pieces(decode(bytes, false))
    }
  }
  const rest = waiting
  waiting = new Uint8Array()
  yield* pieces(decode(started ? rest : start(rest), true))

  function start(bytes: Uint8Array): Uint8Array {
    started = true
    const { label, sure } = declared(bytes)
    if (sure) decoder = decoderFor(label, onIssue)
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
  }
}
