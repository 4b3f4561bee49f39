// Faults, and what became of every signal: `npm run battery -- [B1 S3 … | B S F M] [--full] [--engines chromium,firefox] [--markdown] [--record]`.
// `--only WORDS` tries the faults that are called so, of groups that can; `--until-missed` ends at the first miss;
// `--as-built` tries the build that is there; `--record` writes whole runs into bench/results/battery.md. Ends with 1 when a row misses its pass mark.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { installedEngines, type Engine } from '../test/support/browsers.ts'
import { printMarkdown, printTable } from '../bench/table.ts'
import type { BatteryGroup, BatteryRow } from './battery.ts'
import { record } from './record.ts'
import { whereOf } from './support/where-of.ts'

const given = process.argv.slice(2)
const full = given.includes('--full')
const print = given.includes('--markdown') ? printMarkdown : printTable
const only = valueOf('--only')
const untilMissed = given.includes('--until-missed')
const wantedEngines = valueOf('--engines')?.split(',')
const engines = installedEngines().filter((it: Engine) => !wantedEngines || wantedEngines.includes(it))
const wanted = given.filter((it) => /^[A-Z]\d*$/.test(it))
const isWanted = (id: string) => !wanted.length || wanted.some((it) => it === id || it === id[0])

function valueOf(option: string): string | undefined {
  return given.includes(option) ? given[given.indexOf(option) + 1] : undefined
}

async function groups(): Promise<BatteryGroup[]> {
  const files = readdirSync(new URL('groups/', import.meta.url)).filter((it) => it.endsWith('.ts'))
  const loaded = await Promise.all(files.map((file) => import(`./groups/${file}`) as Promise<{ group: BatteryGroup }>))
  return loaded.map((it) => it.group).sort((a, b) => order(a.id) - order(b.id))
}

/** Place of a group by its id or its title. */
function order(name: string): number {
  return 'BSFM'.indexOf(name[0]!) * 100 + Number(/\d+/.exec(name))
}

const columns = ['fault', 'engine', 'cases', 'accepted', 'stored', 'dup_wire', 'explained_drops', 'unexplained', 'p50/p99 ms', '']

function cells({ fault, engine, cases, accepted, stored, dupWire, explained, unexplained, p50, p99, verdict, note }: BatteryRow): string[] {
  const number = (value: number | undefined) => (value === undefined ? '–' : String(value))
  const delay = p50 === undefined ? '–' : `${p50.toFixed(0)}/${(p99 ?? NaN).toFixed(0)}`
  const counts = [cases, accepted, stored, dupWire, explained, unexplained].map(number)
  return [fault, engine, ...counts, delay, note ? `${verdict}: ${note}` : verdict]
}

/** The commit under test, and whether the tree had more than it, the record itself apart. */
function commit(): string {
  const git = (...words: string[]) => spawnSync('git', words, { encoding: 'utf8' }).stdout?.trim()
  return `${git('rev-parse', '--short=12', 'HEAD') || 'no commit'}${git('status', '--porcelain', '--', '.', ':!bench/results') ? ' with changes' : ''}`
}

// The short set tries the same from run to run.
if (!full) await import('../test/support/seed.ts')

// What is tried is the build: an old one would be judged for the new.
if (!given.includes('--as-built') && spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { stdio: 'inherit' }).status) process.exit(1)

const [{ model } = { model: 'unknown' }] = cpus()
const where = `${commit()}, ${full ? 'full' : 'short'} set${only ? `, only ${only}` : ''}, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${model}`
console.log(`Battery of ${where}`)

const verdicts = { passed: 0, missed: 0, measured: 0 }
const misses: string[] = []
for (const group of await groups()) {
  if (!isWanted(group.id)) continue
  const began = performance.now()
  const rows: BatteryRow[] = []
  try {
    for await (const row of group.run({ full, engines, only, untilMissed, say: (line) => console.error(`  ${group.id} ${line}`) })) {
      rows.push(row)
      if (untilMissed && row.verdict === 'missed') break
    }
  } catch (error) {
    rows.push({ fault: 'the group itself', engine: '–', cases: 0, verdict: 'missed', note: whereOf(error) })
  }
  for (const row of rows) {
    verdicts[row.verdict]++
    if (row.verdict === 'missed') misses.push(`${group.id} ${row.fault} (${row.engine}): ${row.note ?? row.verdict}`)
  }
  const took = ((performance.now() - began) / 1000).toFixed(0)
  const notes = [`Pass mark: ${group.pass}.`, `Took ${took} s; load average ${loadavg()[0]!.toFixed(1)} at the end.`]
  const table = { title: `${group.id} ${group.title}`, columns, rows: rows.map(cells), notes }
  print(table)
  const ran = [...new Set(rows.map((it) => it.engine))].join(', ')
  if (full && !only && !untilMissed && given.includes('--record')) record(`${table.title} (${ran})`, table, `Commit ${where}.`, order)
}
if (verdicts.measured) console.log(`\n${verdicts.measured} rows are measured, without a pass mark`)
// A log may be cut short at its head: what failed is said once more at its end.
for (const miss of misses) console.log(`\nFailed: ${miss}`)
console.log(`\n${verdicts.passed} passed, ${verdicts.missed} failed`)
process.exit(verdicts.missed || !(verdicts.passed + verdicts.measured) ? 1 : 0)
