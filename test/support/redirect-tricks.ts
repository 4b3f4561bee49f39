import { connect } from 'node:net'

/** Sixty-odd ways known to turn a redirector into a link to anywhere, as the target of a request below `/v1/demo/go/`. */
const elsewhere = 'evil.example'
const item = 'arc-lamp'

const parameters = [
  'url', 'next', 'to', 'redirect', 'redirect_uri', 'return', 'returnTo', 'continue', 'dest', 'destination', 'target', 'u', 'ued', 'goto', 'link', 'out', 'r',
].map((name) => `/v1/demo/go/${item}?${name}=https://${elsewhere}/`)

const asItem = [
  `//${elsewhere}`, `///${elsewhere}`, `/\\${elsewhere}`, `https://${elsewhere}`, `https:/${elsewhere}`, `https:${elsewhere}`, `http:%2F%2F${elsewhere}`,
  `%2f%2f${elsewhere}`, `%2F%5C${elsewhere}`, `%5c%5c${elsewhere}`, `%252f%252f${elsewhere}`, `${elsewhere}`, `@${elsewhere}`, `${item}@${elsewhere}`,
  `%09//${elsewhere}`, `%0a//${elsewhere}`, `%00//${elsewhere}`, `.%2e/${elsewhere}`, `..//${elsewhere}`, `%2e%2e%2f%2f${elsewhere}`, `;@${elsewhere}`,
  `${item};url=https://${elsewhere}`, `javascript:location='https://${elsewhere}'`, `data:text/html,<script>location='//${elsewhere}'</script>`,
  `%E3%80%82${elsewhere}`, `%e2%80%ae${elsewhere}`, `%c0%af%c0%af${elsewhere}`, `${item}%23@${elsewhere}`, `${item}%3f@${elsewhere}`, `https%3a%2f%2f${elsewhere}`,
].map((it) => `/v1/demo/go/${it}`)

const asRef = [
  `https://${elsewhere}`, `@${elsewhere}/`, `%0d%0aLocation:%20https://${elsewhere}`, `%0aLocation:https://${elsewhere}`, `%E5%98%8A%E5%98%8DLocation:${elsewhere}`,
  `.${elsewhere}`, `%23@${elsewhere}`, `{ref}%40${elsewhere}`, `a&ref=https://${elsewhere}`, `x%00https://${elsewhere}`,
].map((it) => `/v1/demo/go/${item}?ref=${it}`)

const asPlace = [`placement=https://${elsewhere}`, `media=%0d%0aLocation:%20//${elsewhere}`, `second=//${elsewhere}`, `ref[]=//${elsewhere}`].map(
  (it) => `/v1/demo/go/${item}?${it}`,
)

const asPath = [
  `//${elsewhere}/v1/demo/go/${item}`, `/v1/demo//${elsewhere}/go/${item}`, `/v1/https:%2f%2f${elsewhere}/go/${item}`, `http://${elsewhere}/v1/demo/go/${item}`,
  `/\\${elsewhere}/..;/v1/demo/go/${item}`,
]

/** Request targets as they stand in the first line. */
export const trickyTargets: readonly string[] = [...parameters, ...asItem, ...asRef, ...asPlace, ...asPath]

/** Headers with which proxies and frameworks have been talked into other addresses. */
export const trickyHeaders: readonly (readonly [string, string])[] = [
  ['Host', elsewhere], ['X-Forwarded-Host', elsewhere], ['X-Forwarded-Server', elsewhere], ['Forwarded', `host=${elsewhere};proto=https`],
  ['X-Original-URL', `//${elsewhere}`], ['X-Rewrite-URL', `https://${elsewhere}`], ['Referer', `https://${elsewhere}/`], ['Origin', `https://${elsewhere}`],
  ['X-Forwarded-Prefix', `//${elsewhere}`], ['X-HTTP-Method-Override', 'PUT'],
]

/** The link with one bit of it flipped, every one in turn. */
export function* flippedBits(link: string): Generator<string> {
  for (let bit = 0; bit < link.length * 8; bit++) {
    const at = bit >> 3
    yield link.slice(0, at) + String.fromCharCode(link.charCodeAt(at) ^ (1 << (bit & 7))) + link.slice(at + 1)
  }
}

/** Where an answer leads, when that is to another host than those of the catalogue; `undefined` when it leads nowhere else. */
export function leadsAway(location: string | null | undefined, hosts: ReadonlySet<string>): string | undefined {
  if (!location) return undefined
  const lead = URL.canParse(location, 'https://kanmai.example/') ? new URL(location, 'https://kanmai.example/') : undefined
  const own = lead && lead.protocol === 'https:' && !lead.username && (hosts.has(lead.host) || (lead.host === 'kanmai.example' && !/^[/\\]{2}/.test(location)))
  return own ? undefined : location
}

/** Sends a request for the target as it stands, for clients mend addresses before they ask: the head of the answer, one line an entry. */
export function askAsItStands(port: number, target: string, headers: readonly (readonly [string, string])[] = []): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const host = headers.some(([name]) => name === 'Host') ? [] : [['Host', 'kanmai.example'] as const]
    const lines = [`GET ${target} HTTP/1.1`, ...[...host, ...headers].map((it) => it.join(': ')), 'Connection: close', '', '']
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('end', () => resolve(answer.split('\r\n\r\n')[0]!.split('\r\n'))).on('error', reject)
    // Whoever says that nothing more will come is, for a server, one who has gone.
    socket.write(Buffer.from(lines.join('\r\n'), 'latin1'))
  })
}

/** How an answer leads, or lets a page of its own lead, to another host than those of the catalogue; `undefined` when it does not. */
export function strays([, ...headers]: readonly string[], hosts: ReadonlySet<string>): string | undefined {
  const locations = headers.filter((line) => /^(location|refresh|content-location):/i.test(line)).map((line) => line.replace(/^[^:]+: */, ''))
  if (locations.length > 1) return `it leads to ${locations.join(' and ')}`
  const away = leadsAway(locations[0], hosts) ?? locations.find((it) => it.includes(elsewhere))
  if (away) return `it leads to ${away}`
  // No browser runs what an answer repeats of the request.
  return headers.some((line) => /^content-type: *text\/html/i.test(line)) ? 'it is a page' : undefined
}
