import type { Item } from '../../src/contract/item.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })

/** An item of the demo's look, for states that its catalogue does not have. */
export const item = (more: Partial<Item> = {}): Item => ({
  id: 'table-lamp',
  title: 'Mushroom table lamp in sage and cream',
  url: 'https://shop.example/table-lamp?ref={ref}',
  image: `${location.origin}/demo/catalogue/table-lamp.webp`,
  brand: 'Halden',
  price: { now: usd(12_900) },
  ...more,
})

export const onSale = item({
  price: { now: usd(9_900), was: usd(12_900) },
  rating: { value: 4.7, best: 5, count: 212 },
})

export const withCoupon = item({
  offers: [{ id: 'evening', kind: 'code', code: 'EVENING15', percent: 15, threshold: usd(5_000), title: '15% off lamps', endsAt: '2035-01-01T00:00:00Z' }],
})
