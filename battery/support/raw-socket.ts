import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** What a server said to bytes that were written by hand. */
export interface RawAnswer {
  /** Statuses in the order they came. */
  statuses: number[]
  /** Milliseconds until the first byte of an answer or, without one, the end of the connection; NaN when neither came. */
  ms: number
  closed: boolean
}

/** Writes the pieces, numbers being milliseconds to wait, and listens until the server hangs up, the time is over, or so many answers are there. */
export function speak(port: number, pieces: readonly (string | Uint8Array | number)[], patienceMs: number, enough = Infinity): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const began = performance.now()
    let text = ''
    let ms = NaN
    const statuses = () => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((it) => Number(it[1]))
    const end = (closed: boolean) => {
      clearTimeout(late)
      socket.destroy()
      if (closed && Number.isNaN(ms)) ms = performance.now() - began
      resolve({ statuses: statuses(), ms, closed })
    }
    const late = setTimeout(() => end(false), patienceMs)
    socket.on('data', (chunk: Buffer) => {
      if (Number.isNaN(ms)) ms = performance.now() - began
      text += chunk.toString('latin1')
      if (enough < Infinity && statuses().length >= enough) end(false)
    })
    socket.on('error', () => {})
    socket.on('close', () => end(true))
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return
        if (typeof piece === 'number') await pause(piece)
        else socket.write(piece)
      }
    })
  })
}
