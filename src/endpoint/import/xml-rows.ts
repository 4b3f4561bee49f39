import { SaxesParser, type SaxesTagNS } from 'saxes'
import { fieldName } from './field-names.ts'
import { htmlEntities } from './plain-text.ts'
import { BrokenFeed, RowBuilder, mostFieldLength, type RawRow, type RowReader } from './raw-row.ts'

const google = /^https?:\/\/base\.google\.com\/c?ns\/1\.0\/?$/i
const plain = /^$|^http:\/\/www\.w3\.org\/2005\/Atom$|^http:\/\/purl\.org\/(?:atom|rss)/i
const rowNames = new Set(['item', 'entry', 'promotion'])
const mostDepth = 32
const mostAttributes = 100
const mostPlainNames = 200

/** What the parser holds while a token is unfinished. It sets no bound itself, so a long token is cut off from outside. */
interface Unfinished {
  text: string
  name: string
  entity: string
  piTarget: string
}

/**
 * Rows of an RSS 2.0 or Atom feed: names of Google's namespace under any prefix, or none. Nothing is ever fetched or
 * expanded: a file that defines entities is refused.
 */
export function xmlRows(): RowReader {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const unfinished = parser as unknown as Unfinished
  Object.assign(parser.ENTITIES, htmlEntities)

  let rows: RawRow[] = []
  let row: RowBuilder | undefined
  let rowDepth = 0
  let found = false
  let depth = 0
  let attributes = 0
  /** Text of the field, and the parts of a group, while they are being read. */
  let text = ''
  let overlong = false
  let field: string | undefined
  let parts: Record<string, string> | undefined
  /** Values in no namespace stand in only where Google's are missing. */
  let fallback = new Map<string, string>()

  const broken = (issue: string) => new BrokenFeed(parser.line, issue)

  parser.on('error', (error) => {
    const said = error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '')
    // An entity nobody knows stays as it is written; a prefix nobody bound is read by its name.
    if (/^undefined entity|^unbound namespace prefix/.test(said)) return
    const hint = /entity/.test(said) ? ' (a bare & must be written &amp;)' : ''
    throw broken(`broken XML: ${said.slice(0, 200)}${hint}`)
  })
  parser.on('doctype', (doctype) => {
    if (/\[|<!/.test(doctype)) {
      throw broken('the file defines its own entities, which a feed has no need of and an attack has: refused')
    }
  })
  parser.on('attribute', () => {
    if (++attributes > mostAttributes) throw broken(`more than ${mostAttributes} attributes on one element`)
  })
  parser.on('comment', () => (overlong = false))
  parser.on('processinginstruction', () => (overlong = false))

  parser.on('opentag', (tag) => {
    attributes = 0
    overlong = false
    if (++depth > mostDepth) throw broken(`elements stand more than ${mostDepth} deep in each other`)
    if (row) openField(tag)
    else if (rowNames.has(tag.local.toLowerCase()) && !google.test(tag.uri)) {
      row = new RowBuilder(parser.line)
      rowDepth = depth
      found = true
      fallback = new Map()
    }
  })

  function openField(tag: SaxesTagNS): void {
    const below = depth - rowDepth
    if (below === 1) {
      field = fieldName(tag.local)
      parts = undefined
      const href = field === 'link' && tag.attributes['href']
      const rel = tag.attributes['rel']
      if (href && (!rel || rel.value === 'alternate')) fallback.set('link', href.value)
    } else if (below === 2) parts ??= {}
    text = ''
  }

  const hear = (piece: string) => {
    if (!row || !field) return
    if (overlong || text.length + piece.length > mostFieldLength) {
      row.refuse(`${field}: longer than ${mostFieldLength} characters`)
      text = ''
      overlong = false
    } else text += piece
  }
  parser.on('text', hear)
  parser.on('cdata', hear)

  parser.on('closetag', (tag) => {
    const below = depth-- - rowDepth
    if (!row) return
    if (below === 0) closeRow()
    else if (below === 1 && field) {
      closeField(tag)
      field = undefined
      parts = undefined
      text = ''
    } else if (below === 2 && parts) {
      const name = fieldName(tag.local)
      // A group holds one of each; more would be another group.
      if (Object.keys(parts).length < 50 && !Object.hasOwn(parts, name) && name !== '__proto__') parts[name] = text.trim()
      text = ''
    }
  })

  function closeField({ uri, prefix }: SaxesTagNS): void {
    // HTML that was not escaped looks like a group; what it says is gone, and no rule asks for it.
    const value = parts ?? text.trim()
    // The parser gives a prefix that nobody bound as the namespace.
    if (google.test(uri) || (prefix === 'g' && uri === prefix)) row!.add(field!, value)
    else if (plain.test(uri) && !prefix && typeof value === 'string' && value && fallback.size < mostPlainNames && !fallback.has(field!)) {
      fallback.set(field!, value)
    }
  }

  function closeRow(): void {
    for (const [name, value] of fallback) if (!row!.fields.has(name)) row!.add(name, value)
    rows.push(row!.row())
    row = undefined
    field = undefined
  }

  const take = () => {
    const out = rows
    rows = []
    return out
  }

  return {
    read(piece) {
      // In a token that is refused already, plain text changes nothing but costs time.
      if (overlong && !/[<>&;'"\]?\r\n-]/.test(piece)) return []
      try {
        parser.write(piece)
      } catch (error) {
        throw error instanceof BrokenFeed ? withRows(error, take()) : error
      }
      if (unfinished.text.length > mostFieldLength) {
        // Something must remain, or the parser would not tell that there was text.
        unfinished.text = ' '
        overlong = true
        // Before the root this is a document type; what was cut off could hide what it defines.
        if (!depth) throw withRows(broken(`more than ${mostFieldLength} characters outside of any element`), take())
      }
      if (Math.max(unfinished.name.length, unfinished.entity.length, unfinished.piTarget.length) > mostFieldLength) {
        throw withRows(broken(`a name or entity of more than ${mostFieldLength} characters`), take())
      }
      return take()
    },
    end() {
      try {
        parser.close()
      } catch (error) {
        if (!(error instanceof BrokenFeed)) throw error
        throw withRows(row ? new BrokenFeed(row.line, `the file ends in the middle of this row`) : error, take())
      }
      if (!found) throw broken('no item or entry was found: expected a product feed in RSS 2.0 or Atom')
      return take()
    },
  }
}

/** Rows that were complete before the file broke go along with the news. */
function withRows(error: BrokenFeed, rows: RawRow[]): BrokenFeed {
  return new BrokenFeed(error.line, error.message, rows)
}
