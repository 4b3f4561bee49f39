import type { Flag, Report, ReportRow } from '../../src/contract/report.ts'
import type { Signal } from '../../src/contract/signal.ts'
import { ask } from './ask.ts'
import { element } from './element.ts'

type Column = Exclude<keyof ReportRow, 'refs' | 'flags'>

/** Why a signal is left out of the net figures. */
const reasons: Record<Flag, string> = {
  bot: 'a program says that it is one',
  prefetch: 'fetched ahead of a click',
  untrusted: 'no press of a person',
  hasty: 'pressed before it could be seen',
  rate: 'more than people can do',
  repeat: 'the second click of two',
}

const byId = <T extends HTMLElement>(id: string) => document.querySelector<T>(`#${id}`)!

const form = byId<HTMLFormElement>('ask')
const tokenField = byId<HTMLInputElement>('token')
const again = byId<HTMLInputElement>('again')
const status = byId('status')
const headings = [...document.querySelectorAll<HTMLTableCellElement>('#report th[data-key]')]

const count = new Intl.NumberFormat('en')
const share = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })

let token = ''
let report: Report | undefined
let sort: { by: Column; down: boolean } = { by: 'clicks', down: true }

/** What is missing comes last, whichever way the column is sorted. */
function inOrder(rows: ReportRow[]): ReportRow[] {
  const { by, down } = sort
  return [...rows].sort((a, b) => {
    const [x, y] = [a[by], b[by]]
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined)
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y))
    return (down ? -order : order) || b.impressions - a.impressions
  })
}

/** The net figure stands below the gross one where it is another. */
const figure = (gross: string, net = gross) => element('td', 'figure', gross, ...(net === gross ? [] : [element('small', '', `${net} net`)]))
const word = (text: string | undefined) => element('td', text ? '' : 'none', text ?? '–')

/** The newest reference in sight, the others a click away. */
function referenceCell([newest, ...older]: string[]): HTMLElement {
  if (!newest) return word(undefined)
  const first = element('code', '', newest)
  if (!older.length) return element('td', '', first)
  const rest = element('details', '', element('summary', '', `and ${older.length} more`))
  rest.append(...older.map((ref) => element('code', '', ref)))
  return element('td', '', first, rest)
}

function rowOf(row: ReportRow): HTMLElement {
  return element(
    'tr',
    '',
    word(row.placement),
    word(row.item),
    word(row.media),
    figure(row.second === undefined ? '–' : `${row.second} s`),
    figure(count.format(row.impressions), count.format(row.netImpressions)),
    figure(count.format(row.clicks), count.format(row.netClicks)),
    figure(row.impressions ? share.format(row.ctr) : '–', row.netImpressions ? share.format(row.netCtr) : '–'),
    referenceCell(row.refs),
  )
}

function showTotals({ impressions, clicks, ctr, netImpressions, netClicks, netCtr, flags = {}, previews = 0 }: Report['totals']): void {
  const say = (id: string, gross: string, net: string) => {
    byId(id).textContent = gross
    byId(`net-${id}`).textContent = `${net} net`
  }
  say('impressions', count.format(impressions), count.format(netImpressions))
  say('clicks', count.format(clicks), count.format(netClicks))
  say('ctr', share.format(ctr), share.format(netCtr))
  const found = (Object.entries(flags) as [Flag, number][]).map(([flag, times]) => [count.format(times), flag, reasons[flag]] as const)
  const looks = previews ? [[count.format(previews), 'previews', 'looks at a link, counted as no clicks'] as const] : []
  byId('flags').replaceChildren(...[...found, ...looks].map(([times, name, why]) => element('li', '', element('b', '', times), ` ${name} `, element('span', '', why))))
}

function showReport(): void {
  if (!report) return
  showTotals(report.totals)
  document.querySelector('#report tbody')!.replaceChildren(...inOrder(report.rows).map(rowOf))
  byId('no-rows').textContent = 'Nothing was counted yet: open one of the pages and look at a product for a second.'
  byId('no-rows').hidden = report.rows.length > 0
  for (const heading of headings) {
    if (heading.dataset['key'] === sort.by) heading.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending')
    else heading.removeAttribute('aria-sort')
  }
}

/** A signal as it was kept. */
type Kept = Signal & { flags?: Flag[] }

function signalRow(signal: Kept): HTMLElement {
  const moment = signal.media && `${signal.media} at ${signal.second?.toFixed(1) ?? '?'} s`
  const where = [signal.placement, moment].filter(Boolean).join(', ')
  const id = element('td', '', element('code', '', signal.id))
  const when = element('time', '', clock.format(new Date(signal.occurredAt)))
  when.dateTime = signal.occurredAt
  const what = word(signal.type)
  if (signal.flags) what.append(element('small', '', signal.flags.join(', ')))
  return element('tr', '', element('td', '', when), what, word(signal.item), word(where), id)
}

function showSignals(signals: Kept[]): void {
  const newest = [...signals].sort((a, b) => b.occurredAt.localeCompare(a.occurredAt)).slice(0, 50)
  document.querySelector('#signals tbody')!.replaceChildren(...newest.map(signalRow))
  byId('no-signals').textContent = 'Nothing was kept yet.'
  byId('no-signals').hidden = newest.length > 0
}

async function refresh(): Promise<void> {
  if (!token) return
  const [counted, kept] = await Promise.all([
    ask<Report>('/report', { token }),
    ask<{ signals: Kept[] }>('/signals?limit=50', { token }),
  ])
  const problem = counted.problem ?? kept.problem
  status.textContent = problem ?? `As of ${clock.format(new Date())}.`
  status.classList.toggle('problem', problem !== undefined)
  if (counted.value) {
    report = counted.value
    showReport()
  }
  if (kept.value) showSignals(kept.value.signals)
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  token = tokenField.value.trim()
  void refresh()
})

for (const heading of headings) {
  heading.querySelector('button')!.addEventListener('click', () => {
    const by = heading.dataset['key'] as Column
    const isFigure = heading.classList.contains('figure')
    sort = { by, down: sort.by === by ? !sort.down : isFigure }
    showReport()
  })
}

let timer: ReturnType<typeof setInterval> | undefined
function followSwitch(): void {
  clearInterval(timer)
  if (again.checked) {
    timer = setInterval(() => {
      if (!document.hidden) void refresh()
    }, 3000)
  }
}
again.addEventListener('change', followSwitch)
followSwitch()

// A link may bring the token behind the #, which browsers send to nobody; it does not stay in the address.
const brought = new URLSearchParams(location.hash.slice(1)).get('token')
if (brought) {
  history.replaceState(null, '', location.pathname)
  tokenField.value = token = brought
  void refresh()
}
