import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { CueSheet } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { askedPrice } from '../core/asked-price.ts'
import { createTimeline } from '../core/timeline.ts'
import { pathOf } from '../core/track.ts'
import { formatMoney } from '../core/money.ts'
import { packageRoot } from '../endpoint/serve/package-root.ts'
import { connectHelp, connectOptions, textOf, UsageError, type Command, type CommandIo, type Values } from './command.ts'
import { connect } from './connect.ts'
import { checkSheet, sheetRules } from './contact-sheet/check-sheet.ts'
import type { ContactSheet, SheetCue } from './contact-sheet/contact-sheet.ts'
import { probeFilm, writeFrame } from './contact-sheet/film-file.ts'
import { findChromium } from './contact-sheet/find-chromium.ts'
import { sheetPage } from './contact-sheet/sheet-page.ts'
import { stillMoment } from './contact-sheet/still-moment.ts'
import { takeStills, type StillWish } from './contact-sheet/stills.ts'
import { readAnswer } from './endpoint.ts'
import { slugOf } from './item-names.ts'

/** CSS pixels. */
const pageWidth = 960

export const contactSheetCommand: Command = {
  summary: 'show every cue of a film on a still, and what is wrong with it',
  usage: 'contact-sheet MEDIA [--file FILM] [--out DIR] [options]',
  help: `Writes DIR/index.html, a still of every cue with its marker and card, and DIR/report.json. Reports markers that lie on
each other, tracks off the picture, cues too short to read, items that are unknown, out of stock or whose link has
errors, and crowds.

  --file FILM       the film itself; needs ffmpeg. Without it there are no stills
  --out DIR         where it goes (default: contact-sheet-MEDIA)
  --shortest N      seconds that a cue must last (default: ${sheetRules.shortest})
  --nearest N       pixels that markers keep apart on a picture ${sheetRules.width} px wide (default: ${sheetRules.nearest})
  --most N          markers at once (default: ${sheetRules.most})
${connectHelp}

Stills are drawn by a Chromium (CHROME_PATH, else an installed one); without one they are bare frames.
Exit code: 0 nothing but warnings, 1 there are errors.`,
  options: {
    ...connectOptions,
    file: { type: 'string' },
    out: { type: 'string' },
    shortest: { type: 'string' },
    nearest: { type: 'string' },
    most: { type: 'string' },
  },
  async run([media, ...more], values, io) {
    if (!media || more.length) throw new UsageError('contact-sheet needs one MEDIA, as in film-01.')
    const file = textOf(values, 'file')
    if (file !== undefined && !existsSync(file)) throw new UsageError(`There is no file ${file}.`)
    const out = textOf(values, 'out') ?? `contact-sheet-${fileName(media)}`
    const rules = { ...sheetRules, ...readLimits(values) }

    const endpoint = await connect(values, io.env)
    let answer: CueSheet
    try {
      answer = await readAnswer<CueSheet>(await endpoint.get(`media/${encodeURIComponent(media)}/cues`))
    } finally {
      await endpoint.close()
    }
    const film = file === undefined ? undefined : await probeFilm(file)
    const duration = answer.media.duration ?? film?.duration
    const cues = sheetCues(answer, duration)
    const findings = checkSheet(answer, { ...rules, ...(film && { ratio: film.width / film.height }) })
    const count = (level: string): number => findings.filter((it) => it.level === level).length
    const sheet: ContactSheet = {
      media: answer.media,
      publisher: endpoint.publisher,
      film: film && { file: basename(file!), ...film },
      stills: 'none',
      cues,
      findings,
      errors: count('error'),
      warnings: count('warning'),
    }
    mkdirSync(out, { recursive: true })
    if (film) sheet.stills = await makeStills(file!, film, answer, cues, out, io)
    writeFileSync(join(out, 'index.html'), sheetPage(sheet))
    writeFileSync(join(out, 'report.json'), `${JSON.stringify(sheet, null, 2)}\n`)

    if (values['json']) io.say(JSON.stringify({ directory: out, ...sheet }, null, 2))
    for (const { level, cues: ids, start, text } of values['json'] ? [] : findings) io.note(`${level} ${start.toFixed(1)} s ${ids.slice(0, 4).join(', ')}: ${text}`)
    io.note(`${cues.length} cues, ${sheet.errors} errors, ${sheet.warnings} warnings → ${join(out, 'index.html')}`)
    return sheet.errors ? 1 : 0
  },
}

function sheetCues({ cues, items }: CueSheet, duration: number | undefined): SheetCue[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  return createTimeline(cues).spans.map((span): SheetCue => {
    const { cue, start, end } = span
    const second = stillMoment(span, duration)
    const place = pathOf(cue)?.(second)
    const item = byId.get(cue.item)
    return {
      id: cue.id,
      item: cue.item,
      title: cue.title ?? item?.shortTitle ?? item?.title ?? cue.item,
      price: priceOf(item),
      start,
      end: end < Infinity ? end : undefined,
      second,
      at: place && { x: place.x, y: place.y },
    }
  })
}

function priceOf(item: Item | undefined): string | undefined {
  const price = item && askedPrice(item, Date.now())
  return price && formatMoney(price.final ?? price.now, 'en')
}

/** One still for each cue; its path goes into the cue. */
async function makeStills(file: string, film: { width: number; height: number; fps: number }, answer: CueSheet, cues: SheetCue[], out: string, io: CommandIo): Promise<ContactSheet['stills']> {
  const folder = join(out, 'stills')
  mkdirSync(folder, { recursive: true })
  const width = Math.min(film.width, sheetRules.width)
  // As wide as films mostly stand in a page, so that a card is as large beside its product as readers will see it.
  const size = { width: pageWidth, height: Math.round((pageWidth * film.height) / film.width) }
  const names = cues.map(({ id }, index) => `${String(index + 1).padStart(3, '0')}-${fileName(id)}`)
  const frames = names.map((name) => join(folder, `${name}.jpg`))
  const said = (what: string) => (done: number) => (io.isWatched && done % 10 === 0 ? io.note(`${done} of ${cues.length} ${what}`) : undefined)
  for (const [index, { second }] of cues.entries()) {
    await writeFrame(file, second, film.fps, width, frames[index]!)
    said('frames')(index + 1)
  }
  cues.forEach((cue, index) => (cue.still = `stills/${names[index]}.jpg`))

  const program = findChromium(io.env)
  const build = join(packageRoot, 'dist/kanmai.iife.js')
  const missing = !program ? 'No Chromium was found (CHROME_PATH names one)' : !existsSync(build) ? 'dist/kanmai.iife.js is missing (npm run build makes it)' : undefined
  if (missing) {
    io.note(`${missing}: stills are bare frames with a ring where the marker is.`)
    return 'frames'
  }
  const wishes = cues.map(({ id, second }, index): StillWish => ({ cue: id, second, frame: existsSync(frames[index]!) ? frames[index] : undefined, out: join(folder, `${names[index]}.webp`) }))
  try {
    await takeStills(program!, build, answer, { ...size, scale: width / pageWidth }, wishes, said('stills'))
  } catch (error) {
    io.note(`${(error as Error).message} Stills are bare frames with a ring where the marker is.`)
    return 'frames'
  }
  cues.forEach((cue, index) => (cue.still = `stills/${names[index]}.webp`))
  for (const frame of frames) rmSync(frame, { force: true })
  return 'rendered'
}

const fileName = (id: string): string => slugOf(id).slice(0, 80) || 'cue'

function readLimits(values: Values): { shortest?: number; nearest?: number; most?: number } {
  const limits: Record<string, number> = {}
  for (const name of ['shortest', 'nearest', 'most']) {
    const text = textOf(values, name)
    if (text === undefined) continue
    if (!text.trim() || !(Number(text) >= 0 && Number(text) <= 10_000)) throw new UsageError(`--${name} is ${text}; it must be a number.`)
    limits[name] = Number(text)
  }
  return limits
}
