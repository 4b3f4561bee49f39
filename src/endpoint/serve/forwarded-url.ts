const isHost = (text: string) => /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text)
const isPath = (text: string) => /^(?:\/[\w.~-]+)*\/?$/.test(text)

/**
 * Where the outermost trusted proxy was asked, as it says itself by `X-Forwarded-Host`, `-Proto` and `-Prefix`; undefined
 * when no proxy is trusted, or none says so. What a client wrote stands before what the proxies have added.
 */
export function forwardedUrl({ url, headers }: Request, proxies: number): string | undefined {
  const said = (name: string) => {
    const values = headers.get(`x-forwarded-${name}`)?.split(',').map((it) => it.trim())
    return values?.at(-proxies) ?? values?.[0]
  }
  if (!proxies || !['host', 'proto', 'prefix'].some(said)) return undefined
  const { protocol, host: ownHost } = new URL(url)
  const [host = ownHost, proto = protocol.slice(0, -1), prefix = ''] = [said('host'), said('proto'), said('prefix')]
  if (!isHost(host) || !/^https?$/.test(proto) || !isPath(prefix)) return undefined
  return `${proto}://${host}${prefix}`
}
