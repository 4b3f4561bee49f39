import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

/** A TCP proxy before a database that counts what is asked, and can hold it back. */
export interface CutProxy {
  port: number
  /** Pieces that have gone from the client to the server. */
  asked(): number
  /** Called at every piece, before it goes on; the piece is kept back when it returns true. */
  onPiece(hear: (number: number) => boolean): void
  close(): void
}

export async function startCutProxy(target: number): Promise<CutProxy> {
  let pieces = 0
  let hear: (number: number) => boolean = () => false
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (piece) => {
      if (!hear(++pieces)) upstream.write(piece)
    })
    upstream.pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked: () => pieces,
    onPiece: (it) => (hear = it),
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
