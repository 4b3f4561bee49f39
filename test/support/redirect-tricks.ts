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

/** Where an answer leads, when that is to another host than those of the catalogue; `undefined` when it leads nowhere else. */
export function leadsAway(location: string | null | undefined, hosts: ReadonlySet<string>): string | undefined {
  if (!location) return undefined
  const lead = URL.canParse(location, 'https://kanmai.example/') ? new URL(location, 'https://kanmai.example/') : undefined
  const own = lead && lead.protocol === 'https:' && !lead.username && (hosts.has(lead.host) || (lead.host === 'kanmai.example' && !/^[/\\]{2}/.test(location)))
  return own ? undefined : location
}
