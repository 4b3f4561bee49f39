// Run with a small heap: an import that kept what it reads would not survive this.
import { importing, bytes } from './import.ts'

const [megabytes, ...kinds] = process.argv.slice(2)
const row = (id: string, title: string) => `<item><id>${id}</id>${title}<link>https://shop.example/${id}</link></item>`
const good = row('good', '<title>Lamp</title>')
const shapes: Record<string, [before: string, fill: string, after: string]> = {
  text: [`<rss><channel>${row('first', '<title>Lamp</title>')}<item><id>bad</id><title>`, 'lamp ', `</title></item>${good}</channel></rss>`],
  cdata: ['<rss><channel><item><id>bad</id><title><![CDATA[', 'la]]mp <b', `]]></title></item>${good}</channel></rss>`],
  comment: ['<rss><channel><!-- ', 'lamp > ', ` -->${good}</channel></rss>`],
  attribute: ['<rss><channel><item x="', 'lamp ', `"></item>${good}</channel></rss>`],
  attributes: ['<rss><channel><item ', 'a="1" ', `></item>${good}</channel></rss>`],
  fields: ['<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>bad</g:id>', '<g:a>1</g:a>', `</item>${good}</channel></rss>`],
  parts: ['<rss><channel><item><id>bad</id><shipping>', '<a>1</a>', `</shipping></item>${good}</channel></rss>`],
  name: ['<rss><channel><item><', 'lamp', `></item>${good}</channel></rss>`],
  entity: ['<rss><channel><item><title>&', 'lamp', `;</title></item>${good}</channel></rss>`],
  depth: ['<rss><channel>', '<item>', ''],
  doctype: ['<!DOCTYPE a ', 'lamp ', `><rss><channel>${good}</channel></rss>`],
  entities: ['<!DOCTYPE a [', '<!ENTITY a "b">', `]><rss><channel>${good}</channel></rss>`],
  blank: ['', '\n    ', `<rss><channel>${good}</channel></rss>`],
  quote: ['id,title,link\nfirst,Lamp,https://shop.example/1\nbad,"', 'lamp\n', '",https://shop.example/2\ngood,Lamp,https://shop.example/3\n'],
  delimiters: ['id,title,link\n', ',', '\ngood,Lamp,https://shop.example/3\n'],
  utf8: ['id,title,link\nbad,', '看', '\ngood,Lamp,https://shop.example/3\n'],
}

async function* source(kind: string): AsyncGenerator<Uint8Array> {
  const [before, fill, after] = shapes[kind]!
  const block = bytes(fill.repeat(Math.ceil(65_536 / fill.length)))
  yield bytes(before)
  for (let sent = 0; sent < Number(megabytes) * 1e6; sent += block.length) yield block
  yield bytes(after)
}

async function run(): Promise<void> {
  const found: Record<string, unknown> = {}
  for (const kind of kinds) {
    const { rows, issues, summary } = await importing(source(kind))
    found[kind] = { ids: rows.map((row) => row.rawId), issues: issues.slice(0, 3), skipped: summary.skipped }
  }
  console.log(JSON.stringify(found))
}
void run()
