import { tsImport } from 'tsx/esm/api'

/** Seconds below which a product is not worth a cue. */
const shortest = 2
const atOnce = 4
/** Of the picture: 2.6 pixels across 1280, less than the eye finds on a thing that moves. */
const tolerance = 0.002

/** How many of the taken cues are on together at the worst moment of this one. */
function busiest(taken, { start, end }) {
  const moments = [start, ...taken.map((cue) => cue.start).filter((from) => from > start && from < end)]
  return Math.max(...moments.map((moment) => taken.filter((cue) => cue.start <= moment && moment < cue.end).length))
}

/**
 * The boxes of the film as cues, by the project's own import: where too many are on, those named first in their shot win.
 * Cues are called after shot and product, so that a film made again keeps their names.
 */
export async function cuesOf(boxes, film, { id, title, frameRate }) {
  const { importCues } = await tsImport('../../../src/endpoint/import/cues/import-cues.ts', import.meta.url)
  const { cues, issues, stats } = importCues(boxes, {
    format: 'cvat', media: id, fps: frameRate, tolerance, shortest, itemOf: (names) => names.at(-1),
  })
  const starts = film.map((_, index) => film.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0))
  const duration = starts.at(-1) + film.at(-1).seconds
  const shotAt = (second) => film[starts.findLastIndex((start) => start <= second + 0.001)].id

  // The import calls a cue after its product, its track, and which of the track's stays it is.
  const order = cues.map((cue) => {
    const [track, nth] = cue.id.slice(cue.item.length + 1).split('-')
    return { track: Number(track), cue: { ...cue, id: `${shotAt(cue.start)}-${cue.item}${nth ? `-${nth}` : ''}` } }
  }).sort((a, b) => a.track - b.track || a.cue.start - b.cue.start)
  const taken = []
  for (const { cue } of order) if (busiest(taken, cue) < atOnce) taken.push(cue)
  taken.sort((a, b) => a.start - b.start || a.id.localeCompare(b.id))

  const media = { id, duration, title, chapters: film.map(({ chapter }, index) => ({ start: starts[index], title: chapter })) }
  const lines = taken.map((one) => `    ${JSON.stringify(one)}`).join(',\n')
  return { text: `{\n  "media": ${JSON.stringify(media)},\n  "cues": [\n${lines}\n  ]\n}\n`, issues, stats }
}
