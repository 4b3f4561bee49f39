import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'

/** An address range as lists write it, and what looks like one: digits with points, or hexadecimal digits with colons, and a prefix's length. */
const range = /(\d+(?:\.\d+){3}|[\da-f]*:[\da-f:.]*)\/(\d+)/gi

/** `::ffff:192.0.2.1` is how a socket of both kinds tells an IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*/, '')

/** The first eight bits of an IPv4 address and the first sixteen of an IPv6 one: a list for each is searched much faster than one for all. */
function headOf(address: string): string {
  const colon = address.includes(':')
  return `${colon ? 6 : 4} ${parseInt(address, colon ? 16 : 10) || 0}`
}

/**
 * Reads the address ranges of data centres from text or JSON in which they stand as `192.0.2.0/24` or `2001:db8::/32`, as in
 * the lists that AWS, Google and Azure publish. Throws a sentence when a file cannot be read, has none, or has one that is
 * no range.
 */
export function readDatacentres(files: readonly string[]): (address: string) => boolean {
  const lists = new Map<string, BlockList>()
  for (const file of files) {
    const lines = read(file).split('\n')
    let found = 0
    for (const [index, line] of lines.entries()) {
      for (const [written, address, length] of line.matchAll(range)) {
        const kind = isIP(address!)
        // Less than a head is the network of many, and no data centre's.
        if (!kind || Number(length) > (kind === 4 ? 32 : 128) || Number(length) < (kind === 4 ? 8 : 16)) {
          throw new Error(`${file}, line ${index + 1}: ${written} is no address range such as 192.0.2.0/24 or 2001:db8::/32`)
        }
        const head = headOf(address!)
        const list = lists.get(head) ?? new BlockList()
        list.addSubnet(address!, Number(length), kind === 4 ? 'ipv4' : 'ipv6')
        lists.set(head, list)
        found++
      }
    }
    if (!found) throw new Error(`${file} has no address range such as 192.0.2.0/24 or 2001:db8::/32`)
  }
  return (given) => {
    const address = plain(given)
    const kind = isIP(address)
    return kind > 0 && !!lists.get(headOf(address))?.check(address, kind === 4 ? 'ipv4' : 'ipv6')
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
