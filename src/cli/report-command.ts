import type { Report, ReportRow } from '../contract/report.ts'
import { connectHelp, connectOptions, textOf, UsageError, type Command, type Values } from './command.ts'
import { connect } from './connect.ts'
import { table } from './table.ts'

const dimensions = ['placement', 'item', 'media', 'second'] as const
type Dimension = (typeof dimensions)[number]

export const reportCommand: Command = {
  summary: 'impressions, clicks and refs',
  usage: 'report [options]',
  help: `  --from MOMENT     ISO 8601, as in 2026-11-23 or 2026-11-23T14:00:00Z
  --to MOMENT       up to, and without, this moment
  --by A,B,…        one row per ${dimensions.join(', ')} (default: all of them)
${connectHelp}`,
  options: { ...connectOptions, from: { type: 'string' }, to: { type: 'string' }, by: { type: 'string' } },
  async run(words, values, io) {
    if (words.length) throw new UsageError(`report takes no words, only options: ${words[0]}`)
    const wish = { from: readMoment(values, 'from'), to: readMoment(values, 'to'), by: readDimensions(values) }
    const endpoint = await connect(values, io.env)
    try {
      const report = await endpoint.report(wish)
      io.say(values['json'] ? JSON.stringify(report, null, 2) : grossTable(report) + netTable(report) + lossesLine(report))
    } finally {
      await endpoint.close()
    }
    return 0
  },
}

const percent = (ctr: number) => `${(ctr * 100).toFixed(2)} %`

/** One sentence, or nothing when nothing is known to be missing. */
function lossesLine({ losses }: Report): string {
  const { dropped = {}, missing, visits } = losses ?? {}
  const parts = Object.entries(dropped).map(([reason, count]) => `${count} given up by browsers (${reason})`)
  if (missing) parts.push(`${missing} never came, in ${visits} ${visits === 1 ? 'visit' : 'visits'}`)
  return parts.length ? `\n\nSignals that are missing: ${parts.join('; ')}.` : ''
}

type Figures = Report['totals'] & { refs?: string[] }

/** A table of some rows with the totals under them. A column that no row fills only takes room. */
function tableOf(rows: readonly ReportRow[], totals: Figures, head: string[], cells: (row: Figures) => (string | number)[]): string {
  const shown = dimensions.filter((it) => rows.some((row) => row[it] !== undefined))
  const total = shown.length ? ['total', ...shown.slice(1).map(() => undefined)] : []
  return table([...shown, ...head], [...rows.map((row) => [...shown.map((it) => row[it]), ...cells(row)]), [...total, ...cells(totals)]])
}

function grossTable({ rows, totals }: Report): string {
  const first = (refs: string[]) => refs.slice(0, 2).join(' ') + (refs.length > 2 ? ` +${refs.length - 2}` : '')
  return tableOf(rows, totals, ['impressions', 'clicks', 'ctr', 'refs'], (row) => [row.impressions, row.clicks, percent(row.ctr), first(row.refs ?? [])])
}

/** The rows of which something is flagged, without that; nothing when nothing is. */
function netTable({ rows, totals }: Report): string {
  if (!totals.flags) return ''
  const reasons = ({ flags, previews = 0 }: Figures) =>
    [...Object.entries({ ...flags }).map(([reason, count]) => `${count} ${reason}`), ...(previews ? [`${previews} of them previews`] : [])].join(', ')
  const net = tableOf(rows.filter((row) => row.flags), totals, ['impressions', 'clicks', 'ctr', 'flagged'], (row) => [
    row.netImpressions,
    row.netClicks,
    percent(row.netCtr),
    reasons(row),
  ])
  return `\n\nNet, without what is flagged:\n\n${net}`
}

function readMoment(values: Values, name: 'from' | 'to'): string | undefined {
  const text = textOf(values, name)
  if (text === undefined) return undefined
  const moment = new Date(text)
  if (!/^\d{4}-\d\d/.test(text) || Number.isNaN(moment.getTime())) {
    throw new UsageError(`--${name} is ${text}; it must be a moment, as in 2026-11-23T14:00:00Z.`)
  }
  return moment.toISOString()
}

function readDimensions(values: Values): Dimension[] | undefined {
  const names = textOf(values, 'by')?.split(',')
  const unknown = names?.find((it) => !dimensions.some((known) => known === it))
  if (unknown !== undefined) throw new UsageError(`--by ${unknown} is none of ${dimensions.join(', ')}.`)
  return names as Dimension[] | undefined
}
