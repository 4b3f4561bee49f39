import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Handler } from '../handler.ts'
import { importFeed } from '../import/import-feed.ts'
import { createCatalogue } from '../store/catalogue.ts'
import { findSheet, putSheet } from '../store/media.ts'
import { openNotes, type Notes } from '../store/notes.ts'
import { putPublisher } from '../store/publishers.ts'
import type { Sql } from '../store/sql.ts'
import { packageRoot } from './package-root.ts'

export interface DemoOptions {
  sql: Sql
  handler: Handler
  publicUrl: string
  token: string
  note: (line: string) => void
  /** Folder of the demo's files. */
  home?: string
}

const key = 'demo'
const room = 'live-01'

/**
 * Makes the publisher `demo` and gives it the demo's catalogue and cues. Each part is brought in when it is new or has
 * changed; otherwise the store's own, perhaps changed by hand since, stays.
 */
export async function fillDemo(options: DemoOptions): Promise<void> {
  const { sql, handler, publicUrl, token, note, home = join(packageRoot, 'demo') } = options
  const notes = await openNotes(sql)

  // The demo's shop stands where the demo does, and pays like a merchant of its own.
  const { hostname } = new URL(publicUrl)
  const config = join(home, 'publisher.json')
  await onChange(notes, 'publisher', [config], hostname, async () => {
    const halves = JSON.parse(readFileSync(config, 'utf8').replaceAll('{host}', hostname)) as object
    const { issues } = await putPublisher(sql, { ...halves, key, token })
    for (const issue of issues) note(`${config}: ${issue}`)
  })
  await putPublisher(sql, { key, token })

  const feeds = ['promotions.tsv', 'products.xml'].map((name) => join(home, 'catalogue', name)).filter(existsSync)
  if (!feeds.length) note(`The demo catalogue is not there (${join(home, 'catalogue')}): the demo's pages stay empty.`)
  await onChange(notes, 'feeds', feeds, publicUrl, async () => {
    for (const feed of feeds) {
      const sink = createCatalogue(sql, key, key)
      const options = { filename: basename(feed), base: `${publicUrl}/` }
      const { added, updated, issues } = await importFeed(createReadStream(feed), options, sink)
      for (const { line, issue } of issues) note(`${feed}:${line}: ${issue}`)
      note(`${basename(feed)}: ${added} added, ${updated} updated`)
    }
  })

  const film = join(home, 'public/film/film-01.cues.json')
  await onChange(notes, 'cues', [film].filter(existsSync), key, async () => {
    const body = readFileSync(film, 'utf8')
    const { media } = JSON.parse(body) as { media: { id: string } }
    const answer = await handler(
      new Request(`http://localhost/v1/${key}/media/${encodeURIComponent(media.id)}/cues`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      }),
    )
    if (!answer.ok) throw new Error(`${film} was not taken: ${answer.status} ${await answer.text()}`)
  })

  // The live room opens with the first start, with an empty table; its seconds count from then.
  if (!(await findSheet(sql, key, room))) {
    await putSheet(sql, key, { media: { id: room, title: 'Kitchen Table', origin: new Date().toISOString() }, dropLive: false })
  }
}

/** Does the work when the files, or the word that goes with them, are not those of the last time it was done. */
async function onChange(notes: Notes, part: string, files: string[], word: string, work: () => Promise<void>): Promise<void> {
  if (!files.length) return
  const hash = createHash('sha256').update(word)
  for (const file of files) hash.update(`\n${basename(file)}\n`).update(readFileSync(file))
  const state = hash.digest('hex')
  const name = `demo ${part}`
  if ((await notes.get(name)) === state) return
  await work()
  await notes.set(name, state)
}
