import { UnreadableFile, type CueReader } from './cue-import.ts'
import { listOf, nameOf, readJsonText, recordOf } from './json-value.ts'

/** Our own: `{media?, cues}` as the endpoint answers and takes it, or a bare list of cues. */
export const readKanmaiJson: CueReader = (text, _options, say) => {
  const json = readJsonText(text)
  const file = recordOf(json)
  const list = file ? file['cues'] : json
  if (!Array.isArray(list)) throw new UnreadableFile('expected {"media": {…}, "cues": [{"id", "item", "start", …}]}')
  const { id, ...about } = recordOf(file?.['media']) ?? {}
  const cues = listOf(list).flatMap((it, index) => {
    const cue = recordOf(it)
    const place = `cues[${index}]`
    if (!cue) say(place, 'is no object')
    return cue ? [{ place, names: named(cue['item']), cue }] : []
  })
  return { media: { ...about, id: nameOf(id) }, objects: [], cues }
}

const named = (item: unknown): string[] => (nameOf(item) === undefined ? [] : [nameOf(item)!])
