import type { Cue, CueSheet } from '../../src/contract/cue.ts'
import type { FeedPage, Item } from '../../src/contract/item.ts'
import { ask } from './ask.ts'
import { element } from './element.ts'
import { formatMoney } from './money.ts'

/** The host's side of the room: puts items of the catalogue on everybody's picture and takes them off again. */
const room = 'live-01'

const desk = document.querySelector<HTMLDetailsElement>('#desk')!
const pass = document.querySelector<HTMLFormElement>('#pass')!
const token = document.querySelector<HTMLInputElement>('#token')!
const find = document.querySelector<HTMLInputElement>('#find')!
const said = document.querySelector<HTMLElement>('#said')!
const list = document.querySelector<HTMLUListElement>('#items')!

let catalogue: Item[] = []
let origin = 0
/** Open cues of this room by their item. */
const pinned = new Map<string, Cue>()

/** Seconds since the room opened, by this machine's clock. */
const now = () => Math.max(0, Math.round((Date.now() - origin) / 100) / 10)

function spot(): Pick<Cue, 'at'> {
  const value = document.querySelector<HTMLInputElement>('input[name=spot]:checked')?.value
  if (!value) return {}
  const [x, y] = value.split(' ').map(Number)
  return { at: { x: x!, y: y! } }
}

async function loadCatalogue(): Promise<void> {
  let cursor = ''
  do {
    const { value, problem } = await ask<FeedPage>(`/feeds/article-end${cursor && `?cursor=${encodeURIComponent(cursor)}`}`)
    if (!value) {
      said.textContent = problem
      return
    }
    const known = new Set(catalogue.map((item) => item.id))
    const fresh = value.items.filter((item) => !known.has(item.id))
    catalogue.push(...fresh)
    // An endless feed comes round again; the catalogue is known then.
    cursor = fresh.length ? (value.next ?? '') : ''
  } while (cursor && catalogue.length < 200)
  catalogue.sort((a, b) => a.title.localeCompare(b.title))
}

async function loadRoom(): Promise<void> {
  const { value } = await ask<CueSheet>(`/media/${room}/cues`)
  if (!value) return
  origin = Date.parse(value.media.origin ?? '') || Date.now()
  for (const cue of value.cues) if (cue.end === undefined) pinned.set(cue.item, cue)
}

async function send(cue: Cue): Promise<boolean> {
  if (!token.value.trim()) {
    said.textContent = 'Paste the publisher’s token first.'
    token.focus()
    return false
  }
  const { problem } = await ask<unknown>(`/live/${room}/cues`, { token: token.value.trim(), body: cue })
  if (problem) said.textContent = problem
  return !problem
}

async function toggle(item: Item): Promise<void> {
  const open = pinned.get(item.id)
  if (open) {
    // The same id with an end closes an open cue.
    if (!(await send({ ...open, end: Math.max(now(), open.start + 0.1) }))) return
    pinned.delete(item.id)
    said.textContent = `${item.title} is off the table.`
  } else {
    const cue: Cue = { id: `desk-${item.id}`, item: item.id, start: now(), ...spot() }
    if (!(await send(cue))) return
    pinned.set(item.id, cue)
    said.textContent = `${item.title} is on the table.`
  }
}

function rowOf(item: Item): HTMLElement {
  const picture = element('img')
  picture.alt = ''
  picture.width = picture.height = 48
  picture.loading = 'lazy'
  if (item.image) picture.src = item.image
  const button = element('button')
  button.type = 'button'
  const label = () => {
    const isPinned = pinned.has(item.id)
    button.textContent = isPinned ? 'Unpin' : 'Pin'
    button.toggleAttribute('data-pinned', isPinned)
    button.setAttribute('aria-label', `${isPinned ? 'Unpin' : 'Pin'} ${item.title}`)
  }
  label()
  button.addEventListener('click', async () => {
    button.disabled = true
    await toggle(item)
    button.disabled = false
    label()
  })
  const price = item.price ? element('span', '', formatMoney(item.price.now)) : ''
  return element('li', 'item', picture, element('div', '', item.title, price), button)
}

function show(): void {
  const words = find.value.trim().toLowerCase()
  list.replaceChildren(...catalogue.filter((item) => `${item.title} ${item.brand ?? ''}`.toLowerCase().includes(words)).map(rowOf))
}

desk.addEventListener(
  'toggle',
  async () => {
    await Promise.all([loadCatalogue(), loadRoom()])
    show()
  },
  { once: true },
)
find.addEventListener('input', show)
pass.addEventListener('submit', (event) => event.preventDefault())
