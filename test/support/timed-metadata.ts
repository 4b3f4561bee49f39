/** An ID3 tag in a stream: what it says, and at which second of the piece. */
export interface TimedTag {
  second: number
  tag: Uint8Array
}

const packetBytes = 188
const metadataPid = 0x102
const ticks = 90_000
const ascii = (text: string): number[] => [...text].map((it) => it.charCodeAt(0))

/** An ID3v2.4 tag of one frame: TXXX, or PRIV when `owner` is given. */
export function id3Tag(payload: string, { owner, description = 'kanmai' }: { owner?: string; description?: string } = {}): Uint8Array {
  const text = [...new TextEncoder().encode(payload)]
  const body = owner ? [...ascii(owner), 0, ...text] : [3, ...ascii(description), 0, ...text]
  const frame = [...ascii(owner ? 'PRIV' : 'TXXX'), ...syncSafe(body.length), 0, 0, ...body]
  return Uint8Array.from([...ascii('ID3'), 4, 0, 0, ...syncSafe(frame.length), ...frame])
}

const syncSafe = (size: number): number[] => [21, 14, 7, 0].map((shift) => (size >> shift) & 127)

/**
 * A piece of an MPEG transport stream with timed metadata beside its pictures, as Apple's "Timed Metadata for HTTP Live
 * Streaming" lays it down: a stream of type 0x15 in the programme map, and its packets before all others.
 */
export function withTimedMetadata(piece: Uint8Array, tags: readonly TimedTag[]): Uint8Array {
  const packets = Array.from({ length: Math.floor(piece.length / packetBytes) }, (_, n) => piece.slice(n * packetBytes, (n + 1) * packetBytes))
  const pidOf = (packet: Uint8Array) => ((packet[1]! & 31) << 8) | packet[2]!
  const begins = (packet: Uint8Array) => (packet[1]! & 64) !== 0
  const map = packets.findIndex((packet) => begins(packet) && pidOf(packet) > 0x10 && packet[5 + packet[4]!] === 2)
  if (map < 0) throw new Error('the piece has no programme map')
  const mapPid = pidOf(packets[map]!)
  const section = sectionWithMetadata(packets[map]!)
  const first = packets.find((packet) => begins(packet) && pidOf(packet) >= 0x100 && pidOf(packet) !== mapPid)!
  const began = firstTimestamp(first)
  let count = 0
  const added = tags.flatMap(({ second, tag }) => packetsOf(pes(tag, began + Math.round(second * ticks)), () => count++ & 15))
  const all = packets.flatMap((packet, n) => (pidOf(packet) === mapPid ? [withSection(packet, section), ...(n === map ? added : [])] : [packet]))
  return Uint8Array.from(all.flatMap((packet) => [...packet]))
}

/** The programme map of a packet, with one stream more. */
function sectionWithMetadata(packet: Uint8Array): number[] {
  const at = 5 + packet[4]!
  const length = ((packet[at + 1]! & 15) << 8) | packet[at + 2]!
  const before = [...packet.slice(at, at + 3 + length - 4)]
  const info = ((before[10]! & 15) << 8) | before[11]!
  const pointer = [0x25, 15, 0xff, 0xff, ...ascii('ID3 '), 0xff, ...ascii('ID3 '), 0, 0x1f, 0, 1]
  const descriptor = [0x26, 13, 0xff, 0xff, ...ascii('ID3 '), 0xff, ...ascii('ID3 '), 0, 0x0f]
  const stream = [0x15, 0xe0 | (metadataPid >> 8), metadataPid & 255, 0xf0, descriptor.length, ...descriptor]
  const section = [...before.slice(0, 12 + info), ...pointer, ...before.slice(12 + info), ...stream]
  section[11] = info + pointer.length
  section[2] = section.length - 3 + 4
  return [...section, ...crc32(section)]
}

function withSection(packet: Uint8Array, section: readonly number[]): Uint8Array {
  const whole = new Uint8Array(packetBytes).fill(0xff)
  whole.set([...packet.slice(0, 4), 0, ...section])
  return whole
}

/** MPEG's own: most significant bit first, no final inversion. */
function crc32(bytes: readonly number[]): number[] {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return [24, 16, 8, 0].map((shift) => (crc >>> shift) & 255)
}

function firstTimestamp(packet: Uint8Array): number {
  const at = packet[3]! & 32 ? 5 + packet[4]! : 4
  const p = packet.slice(at + 9, at + 14)
  return (p[0]! & 14) * 2 ** 29 + (p[1]! << 22) + ((p[2]! & 254) << 14) + (p[3]! << 7) + (p[4]! >> 1)
}

function pes(body: Uint8Array, pts: number): number[] {
  const high = Math.floor(pts / 2 ** 30) & 7
  const stamp = [0x21 | (high << 1), (pts >> 22) & 255, ((pts >> 14) & 254) | 1, (pts >> 7) & 255, ((pts << 1) & 254) | 1]
  const size = 3 + stamp.length + body.length
  return [0, 0, 1, 0xbd, size >> 8, size & 255, 0x84, 0x80, stamp.length, ...stamp, ...body]
}

function packetsOf(bytes: readonly number[], next: () => number): Uint8Array[] {
  const packets: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const room = packetBytes - 4
    const part = bytes.slice(at, at + room)
    // What is left of the last packet is an adaptation field: its length, flags and stuffing.
    const left = room - part.length
    const filling = left ? [left - 1, ...(left > 1 ? [0, ...Array<number>(left - 2).fill(0xff)] : [])] : []
    const head = [0x47, (at ? 0 : 64) | (metadataPid >> 8), metadataPid & 255, (left ? 0x30 : 0x10) | next()]
    packets.push(Uint8Array.from([...head, ...filling, ...part]))
    at += part.length
  }
  return packets
}
