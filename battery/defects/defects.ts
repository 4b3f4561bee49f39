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
  /** The faults of the group that have to show it. */
  only?: string
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
    only: '503',
  },
  {
    name: 'the circuit never opens',
    file: 'src/tracking/next-pause.ts',
    from: 'const breaks = 6',
    to: 'const breaks = 6_000_000',
    group: 'B4',
    only: 'answers 500',
  },
  {
    name: 'pauses do not grow',
    file: 'src/core/backoff.ts',
    from: 'random(Math.min(longest, shortest * 2 ** (failures - 1)) + 1)',
    to: 'random(shortest + (failures && longest ? 1 : 1))',
    group: 'B4',
    only: 'answers 500, and',
  },
  {
    name: 'the page listens to its unload',
    file: 'src/page/leaving.ts',
    from: "  view.addEventListener('pagehide', handleHide)\n",
    to: "  view.addEventListener('pagehide', handleHide)\n  view.addEventListener('unload', handleHide)\n",
    group: 'B10',
  },
  {
    name: 'a page that is put aside is ended',
    file: outbox,
    from: '      leave()\n      stop()',
    to: '      leave()\n      end()',
    group: 'F4',
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
  {
    name: 'signals go to the disk only when they are sent',
    file: outbox,
    from: '      write(signal)\n      wake(',
    to: '      later(() => write(signal), gathering)\n      wake(',
    group: 'F4',
  },
  {
    name: 'a beacon counts as a receipt',
    file: outbox,
    from: 'for (const { id } of signals) beaconed.add(id)',
    to: 'void storage.look(Infinity).then((it) => storage.settle({ gone: it.held.filter((held) => signals.includes(held.signal)).map((held) => held.key) }))',
    group: 'F4',
  },
  {
    name: 'the lock is kept by a page that is put aside',
    file: outbox,
    from: '      leave()\n      stop()',
    to: '      leave()',
    group: 'B7',
    only: '5 tabs: the one that sends is frozen',
  },
  {
    name: 'what the disk refuses is not marked',
    file: 'src/tracking/sturdy-storage.ts',
    from: '{ ...signal, durable: false }',
    to: 'signal',
    group: 'B8',
    only: 'denied',
  },
  {
    name: 'a record that is none stops the queue',
    file: 'src/tracking/cut-batch.ts',
    from: "typeof id === 'string' && id && id.length <= 100 ? encoder",
    to: 'true ? encoder',
    group: 'B8',
    only: 'corrupt',
  },
  {
    name: 'no cap on what is held',
    file: outbox,
    from: 'if (count > few) await trim(from)',
    to: 'if (count > few * mostHeld) await trim(from)',
    group: 'B8',
    only: 'dead collector',
  },
  {
    name: 'the opt-out of a browser is not asked for',
    file: 'src/core/consent.ts',
    from: "if (optOut || mode === 'essential')",
    to: "if (mode === 'essential')",
    group: 'B13',
    only: 'sequences',
  },
  {
    name: 'every event belongs to a visit',
    file: 'src/runtime/books.ts',
    from: "...(consent === 'granted' && visit.next())",
    to: '...visit.next()',
    group: 'B13',
    only: 'sequences',
  },
  {
    name: 'steps of the schema run outside the transaction',
    file: 'src/endpoint/store/migrate.ts',
    from: 'for (const statement of statements) await tx.query(statement)',
    to: 'for (const statement of statements) await sql.query(statement)',
    group: 'S2',
    only: 'PostgreSQL',
  },
  {
    name: 'the redirector takes an address from the link',
    file: 'src/endpoint/routes/go.ts',
    from: 'const target = await linkOf(sql, publisher, item)',
    to: "const target = c.req.query('url') ?? (await linkOf(sql, publisher, item))",
    group: 'F5',
    only: 'tricks',
  },
  {
    name: 'every tab sends for itself',
    file: 'src/page/locks.ts',
    from: 'if (manager) return await',
    to: 'if (!manager) return await',
    group: 'B7',
    only: '5 tabs: closed',
  },
]
