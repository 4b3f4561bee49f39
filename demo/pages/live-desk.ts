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

const catalogue: Item[] = []
/** Cues of this room that are open, by their item. */
let pinned = new Map<string, Cue>()

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

/** What is on the table, whoever put it there; resolves with the second the room is at. */
async function loadRoom(): Promise<number> {
  const answer = await ask<CueSheet>(`/media/${room}/cues`)
  const { media, cues } = answer.value ?? { cues: [] }
  pinned = new Map(cues.filter((cue) => cue.end === undefined).map((cue) => [cue.item, cue]))
  return media?.origin && answer.value ? Math.max(0, answer.at - Date.parse(media.origin)) / 1000 : 0
}

async function send(cue: Omit<Cue, 'start'> & { start?: number }, done: string): Promise<void> {
  if (!token.value.trim()) {
    said.textContent = 'Paste the publisher’s token first.'
    token.focus()
    return
  }
  const { problem } = await ask(`/live/${room}/cues`, { token: token.value.trim(), body: cue })
  said.textContent = problem ?? done
}

async function toggle(item: Item): Promise<void> {
  const second = await loadRoom()
  const open = pinned.get(item.id)
  // Without a start the endpoint's clock gives one; the same id with an end closes what was open.
  if (open) await send({ ...open, end: Math.max(second, open.start + 0.1) }, `${item.title} is off the table.`)
  else await send({ id: `desk-${item.id}`, item: item.id, ...spot() }, `${item.title} is on the table.`)
  await loadRoom()
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
  const found = catalogue.filter((item) => `${item.title} ${item.brand ?? ''}`.toLowerCase().includes(words))
  // What is on the table comes first: the host has to find it fastest.
  found.sort((a, b) => Number(pinned.has(b.id)) - Number(pinned.has(a.id)))
  list.replaceChildren(...found.map(rowOf))
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
