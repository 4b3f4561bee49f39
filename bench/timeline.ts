import { fileURLToPath } from 'node:url'
import { kinds, playCases } from '../test/support/timeline-cases.ts'
import { percentile, printTable, type BenchTable } from './table.ts'

const allowed = (kind: string): string => (kind === 'all' ? '' : kind.startsWith('1 Hz') ? '1000' : 'a frame')

/** What is shown against what is due, by number: two hundred films on a screen of 60 Hz, each watched for 20 seconds. */
export async function bench(): Promise<BenchTable> {
  const played = playCases()
  const rows = [...kinds, 'all'].map((kind) => {
    const those = played.filter((it) => kind === 'all' || it.kind === kind)
    const sum = (of: (it: (typeof those)[number]) => number): number => those.reduce((all, it) => all + of(it), 0)
    const right = those.filter((it) => it.longest < it.allowed + 1).length
    const longest = those.map((it) => it.longest)
    return [kind, `${right} of ${those.length}`, String(sum((it) => it.changes)), percentile(longest, 50).toFixed(0), Math.max(...longest).toFixed(0), allowed(kind)]
  })
  return {
    title: 'Timeline: longest time for which something else is shown than is due, in ms',
    columns: ['films with', 'right', 'changes', 'median', 'longest', 'allowed'],
    rows,
    notes: ['Clocks, programme dates and timeline alone, against a plain filter at the frame that is on the screen. A frame, and the screen’s own 16.7 ms in which it is drawn.'],
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printTable(await bench())
