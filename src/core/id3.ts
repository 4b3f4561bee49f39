/** A frame of an ID3 tag, as players hand them on: `info` is the description of a TXXX, the owner of a PRIV. */
export interface Id3Frame {
  readonly key: string
  readonly info?: unknown
  readonly data?: unknown
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
/** A size of seven bits a byte. */
const syncSafe = (bytes: Uint8Array, at: number): number => bytes.subarray(at, at + 4).reduce((size, byte) => size * 128 + (byte & 127), 0)
const plain = (bytes: Uint8Array, at: number): number => bytes.subarray(at, at + 4).reduce((size, byte) => size * 256 + byte, 0)

/** A tag may break up what looks like the start of a picture's frame: FF 00 stands for FF. */
function withoutBreaks(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== 0 || bytes[index - 1] !== 255)
}

/** Text of UTF-8, with a mark in place of what is none. */
function utf8(bytes: Uint8Array): string {
  try {
    return decodeURIComponent([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return [...bytes].map((byte) => (byte < 128 ? String.fromCharCode(byte) : '\ufffd')).join('')
  }
}

function utf16(bytes: Uint8Array, bigEndian: boolean): string {
  const marked = bytes[0] === 255 && bytes[1] === 254 ? 'little' : bytes[0] === 254 && bytes[1] === 255 ? 'big' : undefined
  const big = marked ? marked === 'big' : bigEndian
  let text = ''
  for (let at = marked ? 2 : 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(big ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at + 1]! * 256 + bytes[at]!)
  }
  return text
}

function decode(encoding: number, bytes: Uint8Array): string {
  if (encoding === 1 || encoding === 2) return utf16(bytes, encoding === 2)
  return encoding === 3 ? utf8(bytes) : [...bytes].map((byte) => String.fromCharCode(byte)).join('')
}

/** Where the text that ends with a zero (of two bytes in UTF-16) ends. */
function endOfText(bytes: Uint8Array, from: number, wide: boolean): number {
  for (let at = from; at < bytes.length; at += wide ? 2 : 1) if (bytes[at] === 0 && (!wide || bytes[at + 1] === 0)) return at
  return bytes.length
}

function frameOf(key: string, body: Uint8Array): Id3Frame | undefined {
  if (key === 'PRIV') {
    const end = endOfText(body, 0, false)
    return { key, info: decode(0, body.subarray(0, end)), data: utf8(body.subarray(end + 1)) }
  }
  if (key !== 'TXXX') return undefined
  const encoding = body[0] ?? 0
  const wide = encoding === 1 || encoding === 2
  const end = endOfText(body, 1, wide)
  return { key, info: decode(encoding, body.subarray(1, end)), data: decode(encoding, body.subarray(end + (wide ? 2 : 1))) }
}

/** The TXXX and PRIV frames of ID3v2.3 and 2.4 tags, one after the other in `bytes`; `broken` when they end too early. */
export function id3Frames(bytes: Uint8Array): { frames: Id3Frame[]; broken: boolean } {
  const frames: Id3Frame[] = []
  let broken = false
  let at = 0
  while (at + 10 <= bytes.length && ascii(bytes, at, at + 3) === 'ID3') {
    const version = bytes[at + 3]!
    const flags = bytes[at + 5]!
    const size = syncSafe(bytes, at + 6)
    broken ||= at + 10 + size > bytes.length
    let tag = bytes.subarray(at + 10, at + 10 + size)
    if (flags & 128 && version < 4) tag = withoutBreaks(tag)
    const sizeAt = version < 4 ? plain : syncSafe
    // An extended header counts itself in 2.4 and not in 2.3.
    let next = flags & 64 ? sizeAt(tag, 0) + (version < 4 ? 4 : 0) : 0
    while (next + 10 <= tag.length && tag[next]) {
      const key = ascii(tag, next, next + 4)
      const length = sizeAt(tag, next + 4)
      let body = tag.subarray(next + 10, next + 10 + length)
      broken ||= body.length < length
      if (version === 4 && tag[next + 9]! & 2) body = withoutBreaks(body)
      // A frame that says how long it is before it was packed says so in its first four bytes.
      if (version === 4 && tag[next + 9]! & 1) body = body.subarray(4)
      const frame = /^[A-Z0-9]{4}$/.test(key) ? frameOf(key, body) : undefined
      if (frame) frames.push(frame)
      next += 10 + length
    }
    at += 10 + size + (flags & 16 ? 10 : 0)
  }
  return { frames, broken: broken || at === 0 && bytes.length > 0 }
}

/** What a frame says of a cue of ours (TXXX `kanmai`, PRIV `com.kanmai.cue`); undefined when it is somebody else's. */
export function id3Payload({ key, info, data }: Id3Frame): string | undefined {
  if (!(key === 'TXXX' && info === 'kanmai') && !(key === 'PRIV' && info === 'com.kanmai.cue')) return undefined
  if (typeof data === 'string') return data.replace(/\0+$/, '')
  return data instanceof ArrayBuffer ? utf8(new Uint8Array(data)) : data instanceof Uint8Array ? utf8(data) : undefined
}
