import { SingleBar } from 'cli-progress'
import type { CommandIo } from './command.ts'

export interface Progress {
  update(bytes: number, rows: number): void
  stop(): void
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)

/** Shows on stderr how far a file of `size` bytes (undefined: unknown) is: a bar for who watches, otherwise a line per tenth. */
export function showProgress(io: CommandIo, name: string, size: number | undefined): Progress {
  return io.isWatched && size ? bar(name, size) : lines(io, name, size)
}

function bar(name: string, size: number): Progress {
  const began = Date.now()
  const single = new SingleBar({
    format: `${name} {bar} {percentage}%  {done} MB  {rate}`,
    stream: process.stderr,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  })
  single.start(size, 0, { done: megabytes(0), rate: '' })
  return {
    update(bytes, rows) {
      const seconds = Math.max(0.001, (Date.now() - began) / 1000)
      // A running endpoint counts rows only at the end.
      const rate = rows ? `${rows} rows  ${Math.round(rows / seconds)} rows/s` : `${megabytes(bytes / seconds)} MB/s`
      single.update(Math.min(bytes, size), { done: megabytes(bytes), rate })
    },
    stop: () => single.stop(),
  }
}

function lines(io: CommandIo, name: string, size: number | undefined): Progress {
  // Small files are done before a line could be read.
  const step = Math.max((size ?? 0) / 10, 10_000_000)
  let next = step
  return {
    update(bytes, rows) {
      if (bytes < next) return
      next = bytes + step
      const part = size ? `${Math.floor((100 * bytes) / size)} %, ` : ''
      io.note(`${name}: ${part}${megabytes(bytes)} MB${rows ? `, ${rows} rows` : ''}`)
    },
    stop() {},
  }
}
