import { percentile } from '../../bench/table.ts'
import type { BatteryRow } from '../battery.ts'
import type { Verdict } from './ground.ts'

/** Runs that belong to one row of the table. */
export interface Case {
  verdict: Verdict
  /** What went wrong beside the counts, in words. */
  wrong?: string | undefined
}

/**
 * One row of what became of some cases: missed when anything is unexplained or stored twice, or was wrong otherwise.
 * Nothing is promised of WebKitGTK: there it is measured, and said what was wrong.
 */
export function rowOf(fault: string, engine: string, cases: readonly Case[], more: { note?: string; measured?: boolean } = {}): BatteryRow {
  const sum = (part: (verdict: Verdict) => number) => cases.reduce((sum, it) => sum + part(it.verdict), 0)
  const delays = cases.flatMap((it) => it.verdict.delays)
  const reasons = [...new Set(cases.flatMap((it) => Object.keys(it.verdict.reasons)))]
  const twice = sum((it) => it.twice)
  const unexplained = sum((it) => it.unexplained)
  const wrong = [...new Set(cases.flatMap((it) => it.wrong ?? []))]
  if (twice) wrong.push(`${twice} stored twice`)
  if (unexplained) wrong.push(`missing ${cases.flatMap((it) => it.verdict.missing).slice(0, 3).join(', ')}`)
  if (!cases.length) wrong.push('no case ended')
  const notes = [...wrong, ...(reasons.length ? [`dropped: ${reasons.join(', ')}`] : []), ...(more.note ? [more.note] : [])]
  return {
    fault,
    engine,
    cases: cases.length,
    accepted: sum((it) => it.accepted),
    stored: sum((it) => it.stored),
    dupWire: sum((it) => it.dupWire),
    explained: sum((it) => it.explained),
    unexplained,
    ...(delays.length && { p50: percentile(delays, 50), p99: percentile(delays, 99) }),
    verdict: wrong.length && engine !== 'webkit' ? 'missed' : wrong.length || more.measured ? 'measured' : 'passed',
    ...(notes.length && { note: notes.join('; ') }),
  }
}
