import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { listen } from '../../../src/endpoint/serve/listen.ts'

const quick = async () => new Response('ok')

describe('listen', () => {
  it('answers at the address that it names', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: async (request, incoming) => Response.json([new URL(request.url).pathname, incoming.method]) })
    assert.deepEqual(await (await fetch(`${listener.url}/a`)).json(), ['/a', 'GET'])
    await listener.close()
    await assert.rejects(fetch(listener.url))
  })

  it('names an address that can be called when it listens on all', async () => {
    const listener = await listen({ host: '0.0.0.0', port: 0, connections: 100, answer: quick })
    assert.match(listener.url, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.equal(await (await fetch(listener.url)).text(), 'ok')
    await listener.close()
  })

  it('says which port is in use', async () => {
    const first = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: quick })
    const port = Number(new URL(first.url).port)
    await assert.rejects(listen({ host: '127.0.0.1', port, connections: 100, answer: quick }), new RegExp(`^Error: Port ${port} on 127\\.0\\.0\\.1 is in use\\. Choose another`))
    await first.close()
  })

  it('lets a request under way finish, and takes no more', async () => {
    let finish!: () => void
    const finished = new Promise<void>((resolve) => (finish = resolve))
    let arrived!: () => void
    const arrival = new Promise<void>((resolve) => (arrived = resolve))
    const listener = await listen({
      host: '127.0.0.1',
      port: 0,
      connections: 100,
      async answer() {
        arrived()
        await finished
        return new Response('finished')
      },
    })
    const answer = fetch(listener.url)
    await arrival
    const closed = listener.close()
    await assert.rejects(fetch(listener.url))
    finish()
    assert.equal(await (await answer).text(), 'finished')
    await closed
  })

  it('does not wait for a connection that only stays open', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: quick })
    const agent = new Agent({ keepAlive: true })
    const [response] = await once(get(listener.url, { agent }), 'response')
    response.resume()
    await once(response, 'end')
    await listener.close()
    agent.destroy()
  })

  it('hangs up on headers without an end', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: quick })
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1')
    let said = ''
    socket.on('data', (chunk) => (said += chunk))
    socket.on('error', () => {})
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}`)
    await once(socket, 'close')
    assert.match(said, /^HTTP\/1\.1 431/)
    await listener.close()
  })

  it('hangs up on a body without an end that nobody reads', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: quick })
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1')
    let said = ''
    socket.on('data', (chunk) => (said += chunk))
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n')
    const dribble = setInterval(() => socket.write(' '), 100)
    await once(socket, 'close')
    clearInterval(dribble)
    assert.match(said, /^HTTP\/1\.1 200/)
    await listener.close()
  })

  it('takes no more connections than it may, and more again when some have gone', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0, connections: 3, answer: quick })
    const port = Number(new URL(listener.url).port)
    const sockets = await Promise.all([1, 2, 3].map(async () => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      return socket
    }))
    await assert.rejects(fetch(listener.url))
    sockets.pop()!.destroy()
    let text = ''
    while (!text) text = await fetch(listener.url).then((answer) => answer.text(), () => '')
    assert.equal(text, 'ok')
    for (const socket of sockets) socket.destroy()
    await listener.close()
  })

  it('answers 503 while clients leave too much unread, and goes on when they are gone', async () => {
    const large = 'x'.repeat(20_000_000)
    const listener = await listen({ host: '127.0.0.1', port: 0, connections: 100, answer: async (request) => new Response(request.url.endsWith('/large') ? large : 'ok') })
    const port = Number(new URL(listener.url).port)
    const sockets = Array.from({ length: 8 }, () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      socket.pause()
      socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n')
      return socket
    })
    const status = async () => (await fetch(listener.url)).status
    while ((await status()) !== 503);
    assert.equal((await fetch(listener.url)).headers.get('retry-after'), '5')
    for (const socket of sockets) socket.destroy()
    while ((await status()) !== 200);
    await listener.close()
  })
})
