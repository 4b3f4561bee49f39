import { SaxesParser } from 'saxes'
import { UnreadableFile } from './cue-import.ts'

const mostDepth = 32
const mostAttributes = 100

/** What is told of a file's elements, in their order. Names are as written; nothing is fetched or expanded. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void
  /** `text`: what stood in the element itself, trimmed. */
  close(name: string, text: string): void
}

/** Reads XML to its end or to where it breaks, and returns what broke it. A file that defines entities is refused. */
export function readXmlElements(text: string, listener: XmlListener): string | undefined {
  const parser = new SaxesParser<{ position: true; xmlns: false }>({ position: true, xmlns: false })
  const texts: string[] = []
  let attributes = 0
  const broken = (issue: string): UnreadableFile => new UnreadableFile(`line ${parser.line}: ${issue}`)
  parser.on('error', (error) => {
    throw broken(`broken XML: ${error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '').slice(0, 200)}`)
  })
  parser.on('doctype', (doctype) => {
    if (/\[|<!/.test(doctype)) throw broken('the file defines its own entities, which annotations have no need of: refused')
  })
  parser.on('attribute', () => {
    if (++attributes > mostAttributes) throw broken(`more than ${mostAttributes} attributes on one element`)
  })
  parser.on('opentag', (tag) => {
    attributes = 0
    if (texts.push('') > mostDepth) throw broken(`elements stand more than ${mostDepth} deep in each other`)
    listener.open(tag.name, tag.attributes, parser.line)
  })
  const hear = (piece: string): void => {
    if (texts.length && texts.at(-1)!.length < 10_000) texts[texts.length - 1] += piece
  }
  parser.on('text', hear)
  parser.on('cdata', hear)
  parser.on('closetag', (tag) => listener.close(tag.name, texts.pop()!.trim()))
  try {
    // Half a character alone, as no decoder leaves it, would throw something else than an issue.
    parser.write(text.replace(/^\ufeff/, '').replace(/\p{Cs}/gu, '\ufffd')).close()
  } catch (error) {
    if (error instanceof UnreadableFile) return error.message
    throw error
  }
  return undefined
}
