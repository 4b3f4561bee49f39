/** One mistake in the product, as somebody might make it: in `file`, `to` in place of `from`. A test or the battery must see it. */
export interface Defect {
  name: string
  file: string
  from: string
  to: string
}

const outbox = 'src/tracking/outbox.ts'
const storage = 'src/page/signal-storage.ts'

export const defects: readonly Defect[] = [
  { name: 'all of a batch is forgotten, whatever the receipt names', file: outbox, from: 'const named = batch.filter(({ signal: { id } }) => kept.has(id) || reasons.has(id))', to: 'const named = batch' },
  { name: 'a batch that fails is forgotten', file: outbox, from: 'return fail(from, held, delivery.after)', to: "return giveUp(from, lost, [], '').then(() => from.settle({ gone: batch.map((it) => it.key) }))" },
  { name: 'signals go to the disk only when they are sent', file: outbox, from: '      write(signal)\n      wake(', to: '      later(() => write(signal), gathering)\n      wake(' },
  { name: 'the circuit never opens', file: 'src/tracking/next-pause.ts', from: 'const breaks = 6', to: 'const breaks = Infinity' },
  { name: 'a pause is each tab\'s own', file: outbox, from: '      pause = contents.pause ?? noPause\n', to: '' },
  { name: 'a new page does not wait as it was asked to', file: outbox, from: 'eager && !pause.asked ? 0', to: 'eager ? 0' },
  { name: 'losses are forgotten when they are sent, not when a receipt names them', file: outbox, from: 'receipt.losses?.includes(it.id)', to: 'true' },
  { name: 'one refused signal holds up all others', file: outbox, from: "limit = tooLarge ? Math.ceil(batch.length / 2) : 1", to: 'limit = Math.ceil(batch.length / 2) + 1' },
  { name: 'what an endpoint refuses that refuses everything is given up', file: outbox, from: '        strikes.clear()\n', to: '' },
  { name: 'a record that is none stops the queue', file: 'src/tracking/cut-batch.ts', from: "typeof id === 'string' && id && id.length <= 100 ? encoder", to: 'true ? encoder' },
  { name: 'a deleted database is not noticed', file: outbox, from: 'now !== born\n', to: 'false\n' },
  { name: 'a tab that has not looked yet does not notice it', file: outbox, from: '      (it) => (born ??= it.born),', to: '      () => {},' },
  { name: 'no cap on bytes', file: 'src/tracking/cut-batch.ts', from: ' <= mostBytes) keep++', to: ' >= 0) keep++' },
  { name: 'drops in the counted note are not added up', file: 'src/tracking/losses.ts', from: '(known?.count ?? 0) + held.length', to: 'held.length' },
  { name: 'what the disk refuses is not marked', file: 'src/tracking/sturdy-storage.ts', from: '{ ...signal, durable: false }', to: 'signal' },
  { name: 'a beacon counts as a receipt', file: outbox, from: 'for (const { id } of signals) beaconed.add(id)', to: 'void storage.look(Infinity).then((it) => storage.settle({ gone: it.held.filter((held) => signals.includes(held.signal)).map((held) => held.key) }))' },
  { name: 'the lock is kept by a page that is put aside', file: outbox, from: '    letGo()\n    abort.abort()', to: '    abort.abort()' },
  { name: 'a duplicated tab counts on in the same visit', file: 'src/page/visit.ts', from: "    store((it) => it.removeItem(key))\n    if (session", to: '    if (session' },
  { name: 'losses are noted again each time they are told', file: 'src/endpoint/store/losses.ts', from: 'set count = excluded.count where excluded.count > l.count', to: 'set count = l.count + excluded.count' },
  { name: 'a kept signal counts as dropped as well', file: 'src/endpoint/store/losses.ts', from: "'not exists (select 1 from signal s where s.publisher = l.publisher and s.id = l.id)'", to: "'true'" },
  { name: 'writes wait for the page instead of being committed', file: storage, from: "        tx.objectStore('signals').add({ signal, at })\n        tx.commit()\n", to: "        tx.objectStore('signals').add({ signal, at })\n" },
  { name: 'writes are strict', file: storage, from: "durability: 'relaxed'", to: "durability: 'strict'" },
]
