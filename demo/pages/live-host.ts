import type { Cue } from '../../src/contract/cue.ts'
import type { FeedPage, Item } from '../../src/contract/item.ts'
import { ask } from './ask.ts'
import { element } from './element.ts'
import { openAim } from './live-aim.ts'
import { askOffer } from './live-offer.ts'
import { playStream } from './live-stream.ts'
import { openTable, type Done } from './live-table.ts'
import { formatMoney } from './money.ts'

const get = <T extends HTMLElement>(id: string) => document.querySelector<T>(`#${id}`)!
const pass = get<HTMLFormElement>('pass')
const token = get<HTMLInputElement>('token')
const find = get<HTMLInputElement>('find')
const said = get('said')
const undo = get<HTMLButtonElement>('undo')
const pins = get<HTMLUListElement>('pins')
const endedList = get<HTMLUListElement>('ended')
const list = get<HTMLUListElement>('items')

/** Seconds that a cue which has ended can be had back by one press. */
const remembered = 300

let unlocked = ''
let takeBack: Done['undo']
let catalogue: Item[] = []
let busy = false

// An answer may be there at once, before the table is.
const table = openTable('live-01', () => unlocked, () => queueMicrotask(show))
const spot = openAim(get('aim'))
playStream(get<HTMLVideoElement>('stream'), '/demo/live/stream.m3u8', '/demo/film/film-01.webm')

const itemOf = (id: string) => table.sheet?.items.find((it) => it.id === id) ?? catalogue.find((it) => it.id === id)
const titleOf = (id: string) => itemOf(id)?.title ?? id

function say(words: string, isWrong = false): void {
  said.textContent = words
  said.classList.toggle('wrong', isWrong)
}

/** Does one thing at a time, says how it went, and remembers how to take it back. */
async function act(work: () => Promise<Done | undefined>): Promise<void> {
  if (!unlocked) {
    say('Locked. Enter the publisher’s token first.', true)
    return token.focus()
  }
  if (busy) return
  busy = true
  document.body.classList.add('busy')
  try {
    const done = await work()
    if (done) {
      say(done.words)
      takeBack = done.undo
    }
  } catch (error) {
    say(`Not done: ${(error as Error).message}`, true)
  }
  busy = false
  document.body.classList.remove('busy')
  undo.disabled = !takeBack
}

const pin = (item: Item) => void act(() => table.pin(item.id, item.title, spot()))

function button(words: string, label: string, press: () => void, className = ''): HTMLButtonElement {
  const it = element('button', className, words)
  it.type = 'button'
  it.setAttribute('aria-label', label)
  it.addEventListener('click', press)
  return it
}

function pictureOf(item: Item | undefined): HTMLElement {
  const picture = element('img')
  picture.alt = ''
  picture.width = picture.height = 56
  if (item?.image) picture.src = item.image
  return picture
}

const clock = (seconds: number) => {
  const whole = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

function offerWords(cue: Cue): string {
  const price = itemOf(cue.item)?.price?.now
  const [offer] = cue.offers ?? []
  if (offer?.price) return `Flash ${formatMoney(offer.price)}${price ? `, else ${formatMoney(price)}` : ''}`
  if (offer?.off) return `${offer.code ?? 'Coupon'}: ${formatMoney(offer.off)} off${offer.threshold ? ` from ${formatMoney(offer.threshold)}` : ''}`
  return price ? formatMoney(price) : ''
}

function pinRow(cue: Cue): HTMLElement {
  const item = itemOf(cue.item)
  const title = titleOf(cue.item)
  const time = element('time', cue.end === undefined ? '' : 'counts')
  time.dataset['start'] = String(cue.start)
  if (cue.end !== undefined) time.dataset['end'] = String(cue.end)
  const offer = (kind: 'flash' | 'coupon') =>
    void act(async () => {
      const wished = item && (await askOffer(kind, item, table.now))
      return wished && table.offer(cue, title, [wished])
    })
  const actions = element(
    'div',
    'actions',
    button('Flash price', `Flash price for ${title}`, () => offer('flash'), 'quiet'),
    button('Coupon', `Coupon for ${title}`, () => offer('coupon'), 'quiet'),
    button('Unpin', `Unpin ${title}`, () => void act(() => table.unpin(cue, title)), 'go'),
  )
  return element('li', '', pictureOf(item), element('div', 'what', element('strong', '', title), element('span', '', offerWords(cue))), time, actions)
}

function endedRow(cue: Cue): HTMLElement {
  const title = titleOf(cue.item)
  const again = button('Pin again', `Pin ${title} again`, () => void act(() => table.pin(cue.item, title, cue.at)), 'quiet')
  return element('li', 'short', element('span', 'what', title), again)
}

function itemRow(item: Item, isPinned: boolean): HTMLElement {
  const price = item.price ? formatMoney(item.price.now) : ''
  const press = button(isPinned ? 'Move' : 'Pin', `${isPinned ? 'Move' : 'Pin'} ${item.title}`, () => pin(item), isPinned ? 'quiet' : 'go')
  return element('li', '', pictureOf(item), element('div', 'what', element('strong', '', item.title), element('span', '', price)), press)
}

let drawn = ''

/** Draws the lists when they have changed; the clocks in them run by themselves. */
function show(): void {
  if (table.issue) say(table.issue, true)
  const open = table.open()
  const past = table.ended(remembered).filter((cue) => !open.some((it) => it.item === cue.item))
  const key = JSON.stringify([open, past.map((it) => it.id), find.value, catalogue.length])
  if (key === drawn) return tick()
  drawn = key
  // Focus stays with the row that it was in.
  const focused = document.activeElement?.getAttribute('aria-label')
  pins.replaceChildren(...open.map(pinRow))
  endedList.replaceChildren(...past.map(endedRow))
  get('ended-title').hidden = !past.length
  get('empty').hidden = open.length > 0
  get<HTMLButtonElement>('clear').disabled = !open.length
  list.replaceChildren(...found().map((item) => itemRow(item, open.some((it) => it.item === item.id))))
  if (focused) document.querySelector<HTMLElement>(`main button[aria-label="${CSS.escape(focused)}"]`)?.focus()
  tick()
}

function found(): Item[] {
  const words = find.value.trim().toLowerCase()
  return catalogue.filter((item) => `${item.title} ${item.brand ?? ''}`.toLowerCase().includes(words))
}

function tick(): void {
  const second = table.second()
  for (const time of pins.querySelectorAll<HTMLTimeElement>('time')) {
    const { start, end } = time.dataset
    time.textContent = clock(end === undefined ? second - Number(start) : Number(end) - second)
  }
}

async function loadCatalogue(): Promise<void> {
  const known = new Map<string, Item>()
  let cursor = ''
  do {
    const { value, problem } = await ask<FeedPage>(`/feeds/article-end${cursor && `?cursor=${encodeURIComponent(cursor)}`}`)
    if (!value) return say(problem, true)
    const before = known.size
    for (const item of value.items) known.set(item.id, item)
    // An endless feed comes round again; the catalogue is known then.
    cursor = known.size > before ? (value.next ?? '') : ''
  } while (cursor && known.size < 300)
  catalogue = [...known.values()].sort((a, b) => a.title.localeCompare(b.title))
  show()
}

pass.addEventListener('submit', async (event) => {
  event.preventDefault()
  const wished = token.value.trim()
  const { problem } = await ask('/signals?limit=1', { token: wished })
  if (problem) return say(problem, true)
  unlocked = wished
  token.value = ''
  pass.hidden = true
  say('Unlocked. Press Pin, or type a name and Enter.')
  find.focus()
})
find.addEventListener('input', show)
find.addEventListener('keydown', ({ key }) => {
  const [first] = found()
  if (key === 'Enter' && first) pin(first)
  if (key === 'Escape') find.value = ''
  show()
})
get('clear').addEventListener('click', () => void act(() => table.clear()))
undo.addEventListener('click', () => void act(async () => takeBack?.()))
document.addEventListener('keydown', (event) => {
  const inField = event.target instanceof HTMLInputElement && event.target.value !== ''
  if (event.key === '/' && !inField && !get<HTMLDialogElement>('offer').open) {
    event.preventDefault()
    find.focus()
  }
  if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !inField && takeBack) {
    event.preventDefault()
    undo.click()
  }
})
document.addEventListener('kanmai-room', ({ viewers }) => {
  get('viewers').textContent = new Intl.NumberFormat('en').format(viewers)
})
setInterval(show, 1000)
void loadCatalogue()
