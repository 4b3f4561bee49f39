import type { ItemList } from '../../src/contract/item.ts'
import { ask } from './ask.ts'
import { formatMoney } from './money.ts'

const byId = <T extends HTMLElement>(id: string) => document.querySelector<T>(`#${id}`)!

const address = new URLSearchParams(location.search)
const product = address.get('p') ?? ''
const ref = address.get('ref') ?? ''

byId('product').textContent = product || 'none'
byId('ref').textContent = ref || 'none'
byId('advice').textContent = ref
  ? 'The report lists the same reference beside the placement and, for a film, the second it was clicked at.'
  : 'No reference came along: the reader did not allow one, or this page was opened by hand.'

async function showProduct(): Promise<void> {
  if (!product) return
  const { value, problem } = await ask<ItemList>(`/items?ids=${encodeURIComponent(product)}`)
  const item = value?.items[0]
  if (!item) {
    byId('title').textContent = 'Nothing by that name here'
    byId('about').textContent = problem ?? 'The catalogue has no such product. It may have been renamed since the link was made.'
    return
  }
  const { title, brand, seller, price, description, image } = item
  document.title = `${title} · ${seller?.name ?? brand ?? 'The merchant’s shop'}`
  byId('title').textContent = title
  byId('brand').textContent = brand ?? seller?.name ?? ''
  if (price) byId('price').textContent = formatMoney(price.now)
  byId('about').textContent = description ?? ''
  if (image) {
    const picture = byId<HTMLImageElement>('picture')
    picture.src = image
    picture.alt = title
    picture.hidden = false
  }
}

void showProduct()
