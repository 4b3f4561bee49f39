import type { Finding } from './check-sheet.ts'
import type { ContactSheet, SheetCue } from './contact-sheet.ts'
import { lanesOf } from './lanes.ts'
import { sheetStyle } from './sheet-style.ts'

const kinds: Record<Finding['kind'], string> = {
  overlap: 'Overlap',
  'off-picture': 'Off the picture',
  'too-short': 'Too short',
  'dead-item': 'Dead item',
  crowded: 'Crowded',
}

/** The contact sheet as one page: a bar of time, what was found, and a still of every cue. Needs no script and no network. */
export function sheetPage(sheet: ContactSheet): string {
  const { media, publisher, film, cues, findings } = sheet
  const title = media.title ?? media.id
  const length = lengthOf(sheet)
  const facts = [
    `${publisher}/${media.id}`,
    ...(film ? [`${film.width} × ${film.height}, ${round(film.fps, 3)} fps`] : []),
    clock(length),
    `${cues.length} cues of ${new Set(cues.map(({ item }) => item)).size} items`,
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)}: contact sheet</title>
<style>${sheetStyle}</style>
</head>
<body>
<header>
<div><h1>${text(title)}</h1><p>${facts.map(text).join(' · ')}</p></div>
${verdict(sheet)}
</header>
${timeline(sheet, length)}
${findings.length ? report(sheet) : ''}
<nav aria-label="Show">
<label><input type="radio" name="show" id="show-all" checked>All ${cues.length}</label>
<label><input type="radio" name="show" id="show-found">With findings ${cues.filter((cue) => levelOf(cue, findings)).length}</label>
<label><input type="radio" name="show" id="show-errors">With errors ${cues.filter((cue) => levelOf(cue, findings) === 'error').length}</label>
</nav>
<main>
${cues.map((cue, index) => figure(cue, index, sheet)).join('\n')}
</main>
<footer>Made by kanmai contact-sheet. ${text(stillWords[sheet.stills])}</footer>
</body>
</html>
`
}

const stillWords: Record<ContactSheet['stills'], string> = {
  rendered: 'Stills show markers and cards as the page draws them.',
  frames: 'Stills are bare frames with a ring where the marker is: no Chromium was found that could draw it.',
  none: 'Name the film by --file to see its frames.',
}

function verdict({ errors, warnings }: ContactSheet): string {
  const chip = (count: number, word: string, level: string): string => (count ? `<b class="${level}">${count} ${word}${count > 1 ? 's' : ''}</b>` : '')
  const chips = chip(errors, 'error', 'error') + chip(warnings, 'warning', 'warning')
  return `<p class="verdict">${chips || '<b class="fine">Nothing to mend</b>'}</p>`
}

function timeline({ media, cues, findings }: ContactSheet, length: number): string {
  const lanes = lanesOf(cues, length)
  const at = (second: number): string => `${round((100 * Math.min(second, length)) / length, 3)}%`
  const bars = lanes.flatMap((lane, row) =>
    lane.map((cue) => {
      const width = Math.min(cue.end ?? length, length) - cue.start
      const index = cues.indexOf(cue)
      return `<a class="bar ${levelOf(cue, findings) ?? ''}" href="#cue-${index + 1}" style="left:${at(cue.start)};width:${at(width)};top:${row * 22}px" title="${text(`${cue.title}, ${spanWords(cue)}`)}"><span>${text(cue.title)}</span></a>`
    }),
  )
  const chapters = [...(media.chapters ?? [])].sort((a, b) => a.start - b.start)
  const marks = chapters.map(({ start, title }, index) => `<li style="left:${at(start)};width:${at((chapters[index + 1]?.start ?? length) - start)}" title="${text(title)}"><b>${clock(start)}</b> ${text(title)}</li>`)
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find((it) => length / it <= 14) ?? 7200
  const ticks = Array.from({ length: Math.ceil((length * 0.97) / step) }, (_, n) => `<li style="left:${at(n * step)}">${clock(n * step)}</li>`)
  return `<section class="time" aria-label="Cues over time"><div>
${marks.length ? `<ol class="chapters">${marks.join('')}</ol>` : ''}
<div class="lanes" style="height:${lanes.length * 22}px">${bars.join('')}</div>
<ol class="ticks" aria-hidden="true">${ticks.join('')}</ol>
</div></section>`
}

function report({ cues, findings }: ContactSheet): string {
  const numbers = new Map(cues.map(({ id }, index) => [id, index + 1]))
  const titles = new Map(cues.map(({ id, title }) => [id, title]))
  const rows = findings.map(({ level, kind, cues: ids, start, end, text: words }) => {
    const links = ids.slice(0, 8).map((id) => `<a href="#cue-${numbers.get(id) ?? 1}">${text(titles.get(id) ?? id)}</a>`)
    const more = ids.length > 8 ? ` and ${ids.length - 8} more` : ''
    return `<tr class="${level}"><td><b class="${level}">${kinds[kind]}</b></td><td>${clock(start)}${Number.isFinite(end) && end > start ? `–${clock(end)}` : ''}</td><td>${links.join(', ')}${more}</td><td>${text(words)}</td></tr>`
  })
  return `<section class="report"><h2>Findings</h2><table><thead><tr><th>What</th><th>When</th><th>Cues</th><th>Why</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`
}

function figure(cue: SheetCue, index: number, { stills, film, findings }: ContactSheet): string {
  const mine = findings.filter(({ cues }) => cues.includes(cue.id))
  const ring = stills !== 'rendered' && cue.at ? `<i style="left:${round(cue.at.x * 100, 2)}%;top:${round(cue.at.y * 100, 2)}%"></i>` : ''
  const words = text(`${cue.title} at ${clock(cue.second)}`)
  const image = cue.still ? `<a href="${text(cue.still)}"><img src="${text(cue.still)}" alt="${words}" loading="lazy" width="${film?.width ?? 1280}" height="${film?.height ?? 720}">${ring}</a>` : `<span>${ring}</span>`
  return `<figure id="cue-${index + 1}" class="${levelOf(cue, findings) ?? ''}">
<div class="still" style="aspect-ratio:${film ? `${film.width}/${film.height}` : '16/9'}">${image}<b class="number">${index + 1}</b><time>${clock(cue.second)}</time></div>
<figcaption><h3>${text(cue.title)}</h3>${cue.price ? `<span>${text(cue.price)}</span>` : ''}
<p>${text(spanWords(cue))}${cue.at ? '' : ' · beside the film'}</p><p class="id">${text(cue.id)}${cue.item === cue.id ? '' : ` → ${text(cue.item)}`}</p>
${mine.length ? `<ul>${mine.map((it) => `<li class="${it.level}"><b>${kinds[it.kind]}</b> ${text(it.text)}</li>`).join('')}</ul>` : ''}</figcaption>
</figure>`
}

/** The worst that was found about a cue. */
function levelOf({ id }: SheetCue, findings: readonly Finding[]): Finding['level'] | undefined {
  const mine = findings.filter(({ cues }) => cues.includes(id))
  return mine.some(({ level }) => level === 'error') ? 'error' : mine[0]?.level
}

function lengthOf({ media, film, cues }: ContactSheet): number {
  const last = cues.reduce((latest, { start, end }) => Math.max(latest, end ?? start + 4), 0)
  return media.duration ?? film?.duration ?? (last || 1)
}

const spanWords = ({ start, end }: SheetCue): string =>
  end === undefined ? `${clock(start)} to the end` : `${clock(start)}–${clock(end)} · ${round(end - start, 1)} s`

/** `1:05.5`, `1:00:00`. */
function clock(second: number): string {
  const tenths = Math.round(second * 10)
  const [hours, minutes, rest] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10]
  const tail = `${rest < 10 ? '0' : ''}${rest}`
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Titles come from feeds: nothing of them is ever markup. */
const text = (words: string): string => words.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
