import type { Item } from '../../src/contract/item.ts'
import type { Money } from '../../src/contract/money.ts'
import type { Offer } from '../../src/contract/offer.ts'
import { formatMoney } from './money.ts'

const form = document.querySelector<HTMLFormElement>('#offer form')!
const dialog = document.querySelector<HTMLDialogElement>('#offer')!
const heading = document.querySelector<HTMLElement>('#offer-title')!
const facts = document.querySelector<HTMLElement>('#offer-facts')!
const said = document.querySelector<HTMLElement>('#offer-said')!
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

let settle: ((offer: Offer | undefined) => void) | undefined
let item: Item | undefined
let clock = () => Date.now()

/** What was entered as money of the item's currency; undefined when it is none. */
function moneyIn(name: string, currency: string): Money | undefined {
  const value = Number(field(name).value.trim().replace(',', '.'))
  return field(name).value.trim() && value >= 0 ? { minor: Math.round(value * 10 ** digitsOf(currency)), currency } : undefined
}

function read(): Offer | string {
  const price = item?.price?.now
  const currency = price?.currency ?? 'USD'
  const minutes = Number(new FormData(form).get('minutes'))
  const endsAt = new Date(clock() + minutes * 60_000).toISOString()
  if (dialog.dataset['kind'] === 'flash') {
    const flash = moneyIn('price', currency)
    if (!flash) return 'Enter the price while it lasts, as in 19.90.'
    if (price && flash.minor >= price.minor) return `It must be below the price now, ${formatMoney(price)}.`
    return { id: 'flash', kind: 'flash', price: flash, endsAt }
  }
  const off = moneyIn('off', currency)
  const threshold = moneyIn('threshold', currency)
  const code = field('code').value.trim()
  if (!off?.minor) return 'Enter what the coupon takes off, as in 5.'
  return { id: 'coupon', kind: threshold ? 'threshold' : code ? 'code' : 'auto', off, endsAt, ...(threshold && { threshold }), ...(code && { code }) }
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const offer = read()
  said.textContent = typeof offer === 'string' ? offer : ''
  if (typeof offer === 'string') return
  settle?.(offer)
  settle = undefined
  dialog.close()
})
form.querySelector('[data-cancel]')!.addEventListener('click', () => dialog.close())
dialog.addEventListener('close', () => {
  settle?.(undefined)
  settle = undefined
})

/** Asks the host for a flash price or a coupon of an item; undefined when the host has thought better of it. */
export function askOffer(kind: 'flash' | 'coupon', of: Item, now: () => number): Promise<Offer | undefined> {
  item = of
  clock = now
  dialog.dataset['kind'] = kind
  for (const part of form.querySelectorAll<HTMLElement>('[data-for]')) part.hidden = part.dataset['for'] !== kind
  heading.textContent = kind === 'flash' ? 'Flash price' : 'Coupon'
  facts.textContent = of.price ? `${of.title}, now ${formatMoney(of.price.now)}` : of.title
  said.textContent = ''
  for (const name of ['price', 'off', 'threshold', 'code']) field(name).value = ''
  dialog.showModal()
  field(kind === 'flash' ? 'price' : 'off').focus()
  return new Promise((resolve) => (settle = resolve))
}
