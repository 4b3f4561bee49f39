/** A value of a feed: text, or the parts of a group such as `shipping`. */
export type RawValue = string | Record<string, string>

/** A row as the file has it: the fields that had a value, by name in lower case with underscores. */
export interface RawRow {
  /** Line of the file where it begins; 1 is the first. */
  line: number
  fields: Map<string, RawValue[]>
  /** Why the row cannot be used, although the file goes on. */
  issue?: string
}

/** Takes a file's text piece by piece and gives the rows that are complete. */
export interface RowReader {
  read(text: string): RawRow[]
  /** After the last piece. */
  end(): RawRow[]
}

/** The file cannot be read any further; what came before stands. */
export class BrokenFeed extends Error {
  readonly line: number
  /** Rows of the last piece that were complete before the break. */
  readonly rows: RawRow[]
  constructor(line: number, issue: string, rows: RawRow[] = []) {
    super(issue)
    this.line = line
    this.rows = rows
  }
}

// A long description has some 10,000 characters. What is beyond these is a mistake or an attack.
export const mostFieldLength = 100_000
export const mostRowLength = 1_000_000
export const mostFields = 2_000

/** Adds a value, so that a row stays within what a row may hold. */
export class RowBuilder {
  readonly fields = new Map<string, RawValue[]>()
  issue: string | undefined
  private length = 0
  private count = 0
  readonly line: number

  constructor(line: number) {
    this.line = line
  }

  refuse(issue: string): void {
    this.issue ??= issue
    this.fields.clear()
  }

  add(name: string, value: RawValue): void {
    if (this.issue) return
    const text = typeof value === 'string' ? value : Object.values(value).join('')
    if (!text.trim()) return
    this.length += text.length
    if (++this.count > mostFields || this.length > mostRowLength) {
      return this.refuse(`more than ${mostFields} values or ${mostRowLength} characters in one row`)
    }
    const values = this.fields.get(name)
    if (values) values.push(value)
    else this.fields.set(name, [value])
  }

  row(): RawRow {
    return { line: this.line, fields: this.fields, ...(this.issue === undefined ? {} : { issue: this.issue }) }
  }
}
