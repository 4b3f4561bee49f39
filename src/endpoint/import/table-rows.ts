import { csvRecords, type CsvRecord } from './csv-records.ts'
import { fieldName, isHeader } from './field-names.ts'
import { BrokenFeed, RowBuilder, mostFieldLength, type RawRow, type RowReader } from './raw-row.ts'

/** Rows of a delimited table. Its first line names the columns, or `columns` does. */
export function tableRows(delimiter: string, columns?: readonly string[]): RowReader {
  const records = csvRecords(delimiter)
  let names = columns?.map(fieldName)
  let first = true

  const rows = (found: CsvRecord[]): RawRow[] => {
    const out: RawRow[] = []
    for (const record of found) {
      if (first) {
        first = false
        if (isHeader(record.cells)) {
          names ??= record.cells.map(fieldName)
          continue
        }
        if (!names) {
          throw new BrokenFeed(
            record.line,
            'the first line names no columns such as id, title, link and price: say what they are with --columns id,title,…',
          )
        }
      }
      out.push(rowOf(record, names!))
    }
    return out
  }
  return { read: (text) => rows(records.read(text)), end: () => rows(records.end()) }
}

function rowOf({ line, cells, tooLong }: CsvRecord, names: readonly string[]): RawRow {
  const row = new RowBuilder(line)
  if (tooLong) row.refuse('the row is too long: a quote before it may never have been closed')
  cells.forEach((cell, at) => {
    const name = names[at]
    if (!name) return
    if (cell.length > mostFieldLength) row.refuse(`${name}: longer than ${mostFieldLength} characters`)
    else row.add(name, cell.trim())
  })
  return row.row()
}
