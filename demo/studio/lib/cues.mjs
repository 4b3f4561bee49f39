import { simplify } from './simplify.mjs'

const shortest = 2
const atOnce = 4
const tolerance = 0.003

const onPicture = ({ x, y, seen }) => x > 0.04 && x < 0.96 && y > 0.05 && y < 0.95 && seen > 0.55
const digits = (value, count = 4) => Number(value.toFixed(count))

/** The spans of frames in which a product is to be seen long enough to be noticed. */
function spans(frames, slug, frameRate) {
  const found = []
  let from
  for (let n = 0; n <= frames.length; n++) {
    const shown = n < frames.length && onPicture(frames[n][slug])
    if (shown) from ??= n
    else if (from !== undefined) {
      if ((n - from) / frameRate >= shortest) found.push([from, n])
      from = undefined
    }
  }
  return found
}

/** How many of the taken spans are on together at the worst moment of this one. */
function busiest(taken, [start, end]) {
  const moments = [start, ...taken.map(([from]) => from).filter((from) => from > start && from < end)]
  return Math.max(...moments.map((moment) => taken.filter(([from, to]) => from <= moment && moment < to).length))
}

function cue(frames, slug, [from, to], { start, frameRate, id }) {
  const path = []
  for (let n = from; n <= Math.min(to, frames.length - 1); n++) {
    const { x, y, w, h } = frames[n][slug]
    path.push([start + n / frameRate, x, y, w, h])
  }
  const base = { id, item: slug, start: digits(start + from / frameRate, 3), end: digits(start + to / frameRate, 3), at: { x: digits(path[0][1]), y: digits(path[0][2]) } }
  const moves = path.some((point) => point.slice(1).some((value, k) => Math.abs(value - path[0][k + 1]) > tolerance))
  if (!moves) return base
  const keyframes = simplify(path, tolerance).map(([t, x, y, w, h]) => ({ t: digits(t, 3), x: digits(x), y: digits(y), w: digits(w), h: digits(h) }))
  return { ...base, track: { interpolation: 'linear', keyframes } }
}

/** Turns the measured boxes of all shots into the cue file: those named first in a shot win when too many are on. */
export function cuesOf(film, { id, title, frameRate }) {
  const cues = []
  let start = 0
  for (const { id: shot, frames, seconds } of film) {
    const taken = []
    for (const slug of Object.keys(frames[0])) {
      spans(frames, slug, frameRate).forEach((span, index) => {
        if (busiest(taken, span) >= atOnce) return
        taken.push(span)
        cues.push(cue(frames, slug, span, { start, frameRate, id: `${shot}-${slug}${index ? `-${index + 1}` : ''}` }))
      })
    }
    start += seconds
  }
  cues.sort((a, b) => a.start - b.start || a.id.localeCompare(b.id))
  const lines = cues.map((one) => `    ${JSON.stringify(one)}`).join(',\n')
  return `{\n  "media": ${JSON.stringify({ id, duration: digits(start, 3), title })},\n  "cues": [\n${lines}\n  ]\n}\n`
}
