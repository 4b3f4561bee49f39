// Many viewers of one live room: each a socket that reads server-sent events. Says by message when all have a pin, and when each had.
import { connect } from 'node:net'

const [address = '', count = '0'] = process.argv.slice(2)
const { hostname, port, pathname } = new URL(address)
const viewers = Number(count)
const clock = () => performance.timeOrigin + performance.now()
const heard = new Map<string, number[]>()
let connected = 0

function open(): void {
  let text = ''
  let isOpen = false
  const socket = connect(Number(port), hostname, () => {
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: text/event-stream\r\n\r\n`)
  })
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    text += chunk
    if (!isOpen && text.includes('retry:')) {
      isOpen = true
      if (++connected === viewers) process.send!({ connected })
      else if (connected % 50 === 0) for (let n = 0; n < 50 && connected + n < viewers; n++) open()
    }
    for (;;) {
      const start = text.indexOf('id: ')
      const end = text.indexOf('\n\n', start)
      if (start < 0 || end < 0) break
      const event = text.slice(start, end + 2)
      text = text.slice(end + 2)
      const id = /"id":"(pin-\d+)"/.exec(event)?.[1]
      if (id) take(id, event)
    }
    if (text.length > 100_000) text = text.slice(-10_000)
  })
  socket.on('error', (error) => {
    console.error(`a viewer: ${error.message}`)
    process.exit(1)
  })
}

function take(id: string, example: string): void {
  const at = heard.get(id) ?? []
  heard.set(id, at)
  at.push(clock())
  if (at.length === viewers) process.send!({ id, at, example })
}

for (let n = 0; n < Math.min(50, viewers); n++) open()
process.once('disconnect', () => process.exit())
