import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CueSheet } from '../contract/cue.ts'
import type { FeedPage, Item } from '../contract/item.ts'
import type { PageConfig } from '../contract/page-config.ts'
import { catalogueItems } from './catalogue-items.ts'
import { connectHelp, connectOptions, textOf, UsageError, type Command } from './command.ts'
import { connect } from './connect.ts'
import { readAnswer, type Endpoint } from './endpoint.ts'

const mostItems = 5_000

export const exportCommand: Command = {
  summary: 'write the public answers as static files',
  usage: 'export DIR [options]',
  help: `Writes config, items, cues and first feed pages below DIR/v1/{publisher}/, under the endpoint's own paths, so that a
static host can answer for it. A static host does not read queries: its items file holds all items (at most ${mostItems}),
and its feeds have one page.

  --media A,B,…     media whose cues are written too: of a stopped endpoint all are, of a running one those
                    that its report names
${connectHelp}`,
  options: { ...connectOptions, media: { type: 'string' } },
  async run([directory, ...more], values, io) {
    if (!directory || more.length) throw new UsageError('export needs one DIR.')
    const named = textOf(values, 'media')?.split(',').filter(Boolean) ?? []
    const unsafe = named.find((id) => !isFileName(id))
    if (unsafe) throw new UsageError(`--media ${unsafe} cannot be a file's name.`)
    const endpoint = await connect(values, io.env)
    try {
      const known = (await endpoint.mediaIds()).filter(isFileName)
      const files = await answers(endpoint, [...new Set([...named, ...known])])
      for (const [path, body] of files) {
        const file = join(directory, 'v1', endpoint.publisher, path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, body)
      }
      const paths = [...files.keys()].map((path) => `v1/${endpoint.publisher}/${path}`)
      if (values['json']) io.say(JSON.stringify({ directory, files: paths }, null, 2))
      else io.note(`${paths.length} files in ${directory}`)
    } finally {
      await endpoint.close()
    }
    return 0
  },
}

/** All files by path: written only when every answer came. */
async function answers(endpoint: Endpoint, media: string[]): Promise<Map<string, string>> {
  const read = async <T>(path: string) => readAnswer<T>(await endpoint.get(path))
  const files = new Map<string, string>()
  const config = await read<PageConfig>('config')
  files.set('config', JSON.stringify(config))

  const items = new Map<string, Item>()
  const keep = (more: Item[]) => more.forEach((item) => items.set(item.id, item))
  const placements = Object.keys(config.placements ?? {}).filter(isFileName)
  for (const placement of placements) {
    const { next: _, ...first } = await read<FeedPage>(`feeds/${placement}`)
    keep(first.items)
    files.set(`feeds/${placement}`, JSON.stringify(first))
  }
  keep(await catalogueItems(endpoint, mostItems))

  for (const id of media) {
    const answer = await endpoint.get(`media/${encodeURIComponent(id)}/cues`)
    // Signals may name a media that has no cues.
    if (answer.status === 404) continue
    const sheet = await readAnswer<CueSheet>(answer)
    keep(sheet.items)
    files.set(`media/${id}/cues`, JSON.stringify(sheet))
    const track = await endpoint.get(`media/${encodeURIComponent(id)}/cues.vtt`)
    if (track.ok) files.set(`media/${id}/cues.vtt`, await track.text())
  }
  return files.set('items', JSON.stringify({ items: [...items.values()] }))
}

const isFileName = (text: string) => /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u.test(text)
