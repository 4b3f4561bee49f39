import { mostRowLength } from './raw-row.ts'

export interface CsvRecord {
  line: number
  cells: string[]
  /** The record was longer than may be kept; its cells are gone. */
  tooLong?: true
}

/**
 * Reads delimited text (RFC 4180, with the liberties real files take: any line ending, quotes inside of an unquoted
 * cell, text behind a closing quote) piece by piece. A record without end is read on without being kept.
 */
export function csvRecords(delimiter: string): { read(text: string): CsvRecord[]; end(): CsvRecord[] } {
  let cells: string[] = []
  let cell = ''
  let length = 0
  let line = 1
  let startLine = 1
  let quoted = false
  /** Just behind a quote within a quoted cell: the next character says whether it ended the cell or stands for itself. */
  let afterQuote = false
  let afterReturn = false
  let tooLong = false

  const special = new RegExp(`["\\r\\n${delimiter === '|' ? '\\|' : delimiter}]`, 'g')
  const inQuotes = /["\r\n]/g

  const keep = (text: string) => {
    length += text.length
    if (length <= mostRowLength) cell += text
    else {
      tooLong = true
      cell = ''
      cells = []
    }
  }
  const endCell = () => {
    // The delimiter counts: a line of nothing else must not grow without end either.
    length++
    if (length > mostRowLength) tooLong = true
    if (tooLong) cells = []
    else cells.push(cell)
    cell = ''
  }
  const endRecord = (out: CsvRecord[]) => {
    endCell()
    if (tooLong) out.push({ line: startLine, cells: [], tooLong: true })
    else if (cells.length > 1 || cells[0] !== '') out.push({ line: startLine, cells })
    cells = []
    length = 0
    tooLong = false
  }

  const read = (text: string): CsvRecord[] => {
    const out: CsvRecord[] = []
    let at = 0
    while (at < text.length) {
      const char = text[at]!
      if (afterReturn) {
        afterReturn = false
        if (char === '\n') {
          // The second half of a line ending; within quotes it belongs to the cell.
          if (quoted) keep(char)
          at++
          continue
        }
      }
      if (afterQuote) {
        afterQuote = false
        if (char === '"') {
          keep(char)
          at++
          continue
        }
        quoted = false
      }
      const search = quoted ? inQuotes : special
      search.lastIndex = at
      const found = search.exec(text)
      const stop = found ? found.index : text.length
      if (stop > at) keep(text.slice(at, stop))
      if (!found) break
      at = stop + 1
      const mark = found[0]
      if (mark === '"') {
        if (quoted) afterQuote = true
        else if (cell.trim() === '' && !tooLong) {
          quoted = true
          cell = ''
        } else keep(mark)
        continue
      }
      if (mark === delimiter) {
        endCell()
        continue
      }
      line++
      afterReturn = mark === '\r'
      if (quoted) {
        keep(mark)
        continue
      }
      endRecord(out)
      startLine = line
    }
    return out
  }

  const end = (): CsvRecord[] => {
    const out: CsvRecord[] = []
    if (cell !== '' || cells.length || tooLong) endRecord(out)
    return out
  }

  return { read, end }
}

/** The delimiter that the first line uses most outside of quotes: tab, semicolon, comma or bar. */
export function delimiterOf(head: string): string {
  const firstLine = /^[\r\n]*([^\r\n]*)/.exec(head.replace(/"(?:[^"]|"")*"/g, ''))?.[1] ?? ''
  const counts = ['\t', ';', ',', '|'].map((it) => [firstLine.split(it).length, it] as const)
  return counts.reduce((best, it) => (it[0] > best[0] ? it : best))[1]
}
