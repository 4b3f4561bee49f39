import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { FeedFormat, ImportOptions, ImportSummary } from '../endpoint/import/import-feed.ts'
import { connectHelp, connectOptions, textOf, UsageError, type Command, type CommandIo, type Values } from './command.ts'
import { connect } from './connect.ts'
import type { Endpoint } from './endpoint.ts'
import { cueHelp, cueOptions, importCuesCommand, isCueImport } from './import-cues.ts'
import { showProgress } from './progress.ts'

const formats: readonly FeedFormat[] = ['google-xml', 'google-tsv', 'csv', 'promotions']

export const importCommand: Command = {
  summary: 'read product feeds, or the cues of a film',
  usage: 'import FILE… [options]',
  help: `FILE may be - for stdin. Importing again updates. A bad row is named by its line and skipped.

  --feed NAME       which feed this is (default: the file's name)
  --format F        ${formats.join(', ')} (default: seen from the file)
  --base URL        where relative links of the feed start
  --columns A,B,…   names of the columns of a table without a header line
  --currency CUR    currency of prices that name none, as in USD
  --dry-run         reads and checks everything, stores nothing
${connectHelp}

${cueHelp}

Exit code: 0 something was imported, 1 nothing was, 2 not understood.`,
  options: {
    ...connectOptions,
    feed: { type: 'string' },
    format: { type: 'string' },
    base: { type: 'string' },
    columns: { type: 'string' },
    currency: { type: 'string' },
    'dry-run': { type: 'boolean' },
    ...cueOptions,
  },
  async run(files, values, io) {
    if (!files.length) throw new UsageError('import needs a FILE, or - for stdin.')
    if (isCueImport(values)) return importCuesCommand(files, values, io)
    const stray = Object.keys(cueOptions).find((name) => values[name] !== undefined)
    if (stray) throw new UsageError(`--${stray} is for cues, which are read with --media.`)
    const options = readOptions(values)
    const sizes = files.map(sizeOf)
    const endpoint = await connect(values, io.env)
    const done: (ImportSummary & { file: string; feed: string })[] = []
    try {
      for (const [index, file] of files.entries()) {
        const feed = textOf(values, 'feed') ?? feedName(file)
        done.push({ file, feed, ...(await importFile(endpoint, file, sizes[index], feed, options, io)) })
      }
    } finally {
      await endpoint.close()
    }
    const sum = (key: 'read' | 'added' | 'updated' | 'skipped' | 'issueCount') => done.reduce((total, it) => total + it[key], 0)
    if (values['json']) {
      const totals = Object.fromEntries((['read', 'added', 'updated', 'skipped', 'issueCount'] as const).map((key) => [key, sum(key)]))
      io.say(JSON.stringify({ publisher: endpoint.publisher, dryRun: options.dryRun === true, ...totals, files: done }, null, 2))
    }
    return sum('read') > sum('skipped') ? 0 : 1
  },
}

async function importFile(
  endpoint: Endpoint,
  file: string,
  size: number | undefined,
  feed: string,
  options: ImportOptions,
  io: CommandIo,
): Promise<ImportSummary> {
  const name = file === '-' ? 'stdin' : file
  const source: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 })
  const progress = showProgress(io, basename(name), size)
  const began = Date.now()
  let summary: ImportSummary
  try {
    const onProgress: ImportOptions['onProgress'] = ({ bytes, rows }) => progress.update(bytes, rows)
    summary = await endpoint.importFeed(source, feed, { ...options, filename: basename(name), onProgress })
  } finally {
    progress.stop()
  }
  for (const { line, issue } of summary.issues) io.note(`${name}:${line}: ${issue}`)
  const more = summary.issueCount - summary.issues.length
  if (more > 0) io.note(`${name}: ${more} more like these`)
  const seconds = Math.max(0.001, (Date.now() - began) / 1000)
  const { read, added, updated, skipped } = summary
  const kept = options.dryRun ? `${read - skipped} would be imported` : `${added} added, ${updated} updated`
  const rate = `${Math.round(read / seconds)} rows/s`
  io.note(`${name}: ${read} rows, ${kept}, ${skipped} skipped (${rate}) → ${endpoint.publisher}/${feed}`)
  return summary
}

function readOptions(values: Values): ImportOptions {
  const format = textOf(values, 'format') as FeedFormat | undefined
  if (format && !formats.includes(format)) {
    throw new UsageError(`There is no format ${format}: take one of ${formats.join(', ')}.`)
  }
  const base = textOf(values, 'base')
  if (base && !/^https?:\/\//i.test(base)) throw new UsageError(`--base is ${base}; it must be an http(s) address.`)
  const currency = textOf(values, 'currency')
  if (currency && !/^[A-Z]{3}$/.test(currency)) {
    throw new UsageError(`--currency is ${currency}; it must be three capital letters, as in USD.`)
  }
  const columns = textOf(values, 'columns')
  return {
    ...(format && { format }),
    ...(base && { base }),
    ...(currency && { currency }),
    ...(columns && { columns: columns.split(',').map((it) => it.trim()) }),
    ...(values['dry-run'] === true && { dryRun: true }),
  }
}

/** Undefined for what has no size before it ends. Throws before anything is imported. */
function sizeOf(file: string): number | undefined {
  if (file === '-') return undefined
  let stat
  try {
    stat = statSync(file)
  } catch {
    throw new UsageError(`There is no file ${file}.`)
  }
  if (stat.isDirectory()) throw new UsageError(`${file} is a folder; name its files.`)
  return stat.isFile() ? stat.size : undefined
}

/** The file's name without its endings and without what a name of a feed may not hold. */
function feedName(file: string): string {
  if (file === '-') return 'stdin'
  const [name = ''] = basename(file).split('.')
  return name.replace(/[^A-Za-z0-9_-]+/g, '-') || 'feed'
}
