/** A way to break the product that somebody could take for an improvement. */
export interface Defect {
  /** What is wrong with it, in a few words. */
  name: string
  file: string
  /** Stands in the file exactly once. */
  from: string
  to: string
  /** The group that has to see it. */
  group: string
}

const outbox = 'src/tracking/outbox.ts'

export const defects: readonly Defect[] = [
  {
    name: 'signals are deleted before they are sent',
    file: outbox,
    from: '      eager = false\n      const delivery',
    to: '      eager = false\n      await from.settle({ gone: batch.map((it) => it.key) })\n      const delivery',
    group: 'F4',
  },
  {
    name: 'a failing endpoint costs the batch',
    file: outbox,
    from: 'await from.settle({ pause }).catch(() => {})',
    to: 'await from.settle({ pause, gone: held.map((it) => it.key) }).catch(() => {})',
    group: 'F4',
  },
  {
    name: 'any answer of 200 counts as a receipt',
    file: outbox,
    from: 'batch.filter(({ signal: { id } }) => kept.has(id) || reasons.has(id))',
    to: 'batch.filter(({ signal: { id } }) => id || kept || reasons)',
    group: 'F4',
  },
  {
    name: 'signals are sent and not written',
    file: outbox,
    from: '      write(signal)\n      wake(urgent',
    to: '      wake(urgent',
    group: 'F4',
  },
  {
    name: 'refused signals vanish without a note',
    file: outbox,
    from: '...known.filter((it) => !lost.includes(it) && !past.includes(it.id)), ...refused]',
    to: '...known.filter((it) => !lost.includes(it) && !past.includes(it.id)), ...refused.slice(1)]',
    group: 'F4',
  },
  {
    name: 'what is given up is not noted',
    file: outbox,
    from: 'gone: held.map((it) => it.key), lost: noteLosses(lost, held, reason, local.now(), newId, aside) })',
    to: 'gone: held.map((it) => it.key), lost: noteLosses(lost, held, reason, local.now(), newId, aside).slice(1) })',
    group: 'F4',
  },
  {
    name: 'a deleted database is not written anew',
    file: outbox,
    from: 'const anew = born !== undefined && now !== undefined && now !== born',
    to: 'const anew = false && born !== undefined && now !== undefined && now !== born',
    group: 'F4',
  },
  {
    name: 'a full batch is sent whole after a 413',
    file: outbox,
    from: 'limit = tooLarge ? Math.ceil(batch.length / 2) : 1',
    to: 'limit = tooLarge ? batch.length : 1',
    group: 'F4',
  },
  {
    name: 'every batch holds one signal',
    file: outbox,
    from: 'export const batchLimit = 50',
    to: 'export const batchLimit = 1',
    group: 'B1',
  },
  {
    name: 'the endpoint asks for time and is asked again at once',
    file: 'src/tracking/next-pause.ts',
    from: 'const least = Math.max(after ?? 0, next.failures < breaks ? 0 : rest)',
    to: 'const least = next.failures < breaks || after ? 0 : rest',
    group: 'B4',
  },
  {
    name: 'the circuit never opens',
    file: 'src/tracking/next-pause.ts',
    from: 'const breaks = 6',
    to: 'const breaks = 6_000_000',
    group: 'B4',
  },
  {
    name: 'pauses do not grow',
    file: 'src/core/backoff.ts',
    from: 'random(Math.min(longest, shortest * 2 ** (failures - 1)) + 1)',
    to: 'random(shortest + (failures && longest ? 1 : 1))',
    group: 'B4',
  },
  {
    name: 'the page listens to its unload',
    file: 'src/page/leaving.ts',
    from: "  view.addEventListener('pagehide', handleHide)\n",
    to: "  view.addEventListener('pagehide', handleHide)\n  view.addEventListener('unload', handleHide)\n",
    group: 'B10',
  },
  {
    name: 'a page that comes back does not go on',
    file: 'src/page/leaving.ts',
    from: 'event.persisted && listener.resume()',
    to: 'event.persisted && view.document && undefined',
    group: 'B10',
  },
  {
    name: 'receipts are given before the commit',
    file: 'src/endpoint/routes/signals.ts',
    from: 'const fresh = await signals.keep(rows)',
    to: 'const fresh = new Set(rows.map((it) => it.id))\n    void signals.keep(rows).catch(() => {})',
    group: 'S1',
  },
  {
    name: 'two endpoints may have one directory',
    file: 'src/endpoint/store/data-lock.ts',
    from: 'if (holder && isAlive(holder)) throw',
    to: 'if (holder && !isAlive(holder) && false) throw',
    group: 'S3',
  },
]
