import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A stream of a live room, as the wire has seen it. */
export interface SeenStream {
  /** The number after which it was asked for, by its address or by the browser when it tried again; undefined when it began with the room. */
  after: number | undefined
  /** Numbers of the cues that it brought. */
  ids: number[]
  open: boolean
}

export interface LiveProxy {
  /** Origin, as `http://127.0.0.1:34567`. */
  url: string
  /** All that were ever asked for, in their order. */
  streams: SeenStream[]
  /** Breaks the connection off in the middle of the next cue. */
  cutNext(): void
  close(): Promise<void>
}

/** A proxy before an endpoint that passes everything on as it is and remembers the live streams. */
export async function startLiveProxy(target: string): Promise<LiveProxy> {
  const { hostname, port } = new URL(target)
  const streams: SeenStream[] = []
  let isToCut = false
  const server = createServer((asked, answer) => {
    const { method, headers, url = '' } = asked
    const onward = request({ hostname, port, path: url, method, headers }, (response) => {
      answer.writeHead(response.statusCode!, response.headers)
      const isStream = /\/live\/[^/]+(\?|$)/.test(url) && response.headers['content-type']?.startsWith('text/event-stream')
      if (!isStream) return void response.pipe(answer)
      answer.flushHeaders()
      const after = headers['last-event-id'] ?? new URL(url, target).searchParams.get('after') ?? undefined
      const stream: SeenStream = { after: after === undefined ? undefined : Number(after), ids: [], open: true }
      streams.push(stream)
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        if (isToCut && piece.includes('event: cue')) {
          isToCut = false
          return void answer.write(piece.slice(0, piece.indexOf('data: ') + 40), () => answer.destroy())
        }
        answer.write(piece)
        const lines = (text + piece).split('\n')
        text = lines.pop()!
        for (const line of lines) if (line.startsWith('id: ')) stream.ids.push(Number(line.slice(4)))
      })
      response.on('end', () => answer.end())
      answer.on('close', () => (stream.open = false))
    })
    answer.on('close', () => onward.destroy())
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streams,
    cutNext: () => void (isToCut = true),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
