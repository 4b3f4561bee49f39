import { Item } from '../../contract/item.ts'
import { parse } from '../../contract/parse.ts'
import { absoluteLink } from './absolute-link.ts'
import type { CatalogueRow } from './catalogue-row.ts'
import { feedMoment } from './feed-moment.ts'
import { feedMoney, isMoney } from './feed-money.ts'
import { fieldsOf, type FieldRules, type Fields } from './fields.ts'
import { googlePrice } from './google-price.ts'
import { lineOf, plainText } from './plain-text.ts'
import type { RawRow } from './raw-row.ts'
import { withoutUndefined } from './without-undefined.ts'

export interface ReadRow<T> {
  /** Undefined when the row has to be skipped; the last issue says why. */
  value: T | undefined
  /** Sentences on what was dropped. */
  issues: string[]
}

export interface ItemRules extends FieldRules {
  /** The moment at which the feed is read: prices are as of then. */
  asOf?: string | undefined
}

const longestDescription = 10_000
const mostImages = 20
const isNew = /^(?:new|nuevo|neu|nouveau|nuovo)$/i

/** A product of a Google Merchant feed. A bad field is dropped and named; without id, title or link there is no product. */
export function googleItem(row: RawRow, rules: ItemRules): ReadRow<CatalogueRow> {
  const issues: string[] = []
  const fields = fieldsOf(row, rules, issues)
  const rawId = fields.text('id')
  const said = (): string[] => (rawId ? issues.map((issue) => `${rawId.slice(0, 60)}: ${issue}`) : issues)
  const skip = (issue: string): ReadRow<CatalogueRow> => {
    issues.push(issue)
    return { value: undefined, issues: said() }
  }
  if (row.issue) return skip(row.issue)
  if (!rawId) return skip('the row has no id')
  if (!fields.text('title')) return skip('the row has no title')
  // Some tables have no link, but an id that is one.
  const written = fields.all('link')[0] ?? (/^https?:\/\//i.test(rawId) ? rawId : undefined)
  if (written === undefined) return skip('the row has no link')
  const target = fields.link('link', written)
  if (!target) return { value: undefined, issues: said() }

  const { value, issues: found } = parse(Item, { id: rawId, url: target, ...draft(fields, rules, issues) }, 'row')
  issues.push(...found)
  if (!value) return { value: undefined, issues: said() }
  const { id: _id, url: _url, ...item } = value
  const promotions = fields.all('promotion_id').flatMap((it) => it.split(',')).map((it) => it.trim()).filter(Boolean)
  return { value: { rawId, item, target, ...(promotions.length && { promotions: [...new Set(promotions)] }) }, issues: said() }
}

/** What the schema has still to agree to; undefined counts as missing. */
function draft(fields: Fields, rules: ItemRules, issues: string[]): Record<string, unknown> {
  const { price, offers } = googlePrice(fields, issues, rules.asOf)
  const description = fields.all('description')[0]
  const image = fields.link('image_link')
  const condition = fields.text('condition')
  const some = <T>(list: T[]): T[] | undefined => (list.length ? list : undefined)
  return withoutUndefined({
    title: fields.text('title'),
    shortTitle: fields.text('short_title'),
    description: description === undefined ? undefined : plainText(description, longestDescription) || undefined,
    brand: fields.text('brand'),
    image,
    images: images(fields, image, rules.base, issues),
    videoUrl: fields.link('video_link'),
    links: links(fields),
    price,
    offers: some(offers),
    availability: availability(fields, issues),
    availableFrom: moment(fields, 'availability_date', issues),
    groupId: fields.text('item_group_id'),
    options: some(options(fields)),
    ids: ids(fields, issues),
    categories: some(categories(fields)),
    shipping: shipping(fields, issues),
    adult: /^(?:yes|true|1)$/i.test(fields.text('adult') ?? '') || undefined,
    tags: some([0, 1, 2, 3, 4].flatMap((it) => fields.text(`custom_label_${it}`) ?? [])),
    // Who buys something used must see it on the card.
    badges: some([...(condition && !isNew.test(condition) ? [condition] : []), ...fields.all('product_highlight').map(lineOf)]),
  })
}

/** What opens the shop's own app, as Meta's catalogues name it. */
function links(fields: Fields): unknown {
  const app = fields.text('app_link') ?? fields.text('applink.ios_url') ?? fields.text('applink.android_url')
  const found = withoutUndefined({ universal: fields.link('universal_link'), app })
  return Object.keys(found).length ? found : undefined
}

/** All pictures, the main one first; undefined when there is only that. One cell may hold several, between commas. */
function images(fields: Fields, main: string | undefined, base: string | undefined, issues: string[]): unknown {
  const more: string[] = []
  for (const cell of fields.all('additional_image_link')) {
    for (const written of cell.split(/\s*[,|]\s*(?=https?:|\/)|\s+(?=https?:)/i)) {
      const url = absoluteLink(written.replace(/,$/, ''), base)
      if (!url) issues.push(`additional_image_link: "${written.slice(0, 80)}" is no http(s) address`)
      else if (url !== main && !more.includes(url) && more.length < mostImages) more.push(url)
    }
  }
  if (!more.length) return undefined
  return [...(main ? [{ url: main, role: 'main' }] : []), ...more.map((url) => ({ url, role: 'more' }))]
}

const availabilities: Record<string, Item['availability']> = {
  instock: 'in_stock', available: 'in_stock', availablefororder: 'in_stock', onlineonly: 'in_stock', instoreonly: 'in_stock', yes: 'in_stock',
  true: 'in_stock', '1': 'in_stock', limitedavailability: 'low_stock', lowstock: 'low_stock', instockscarce: 'low_stock',
  outofstock: 'out_of_stock', soldout: 'out_of_stock', discontinued: 'out_of_stock', unavailable: 'out_of_stock', notavailable: 'out_of_stock',
  no: 'out_of_stock', false: 'out_of_stock', '0': 'out_of_stock', preorder: 'preorder', presale: 'preorder', backorder: 'backorder',
}

function availability(fields: Fields, issues: string[]): Item['availability'] {
  const written = fields.text('availability')
  if (written === undefined) return undefined
  const word = written.replace(/^https?:\/\/schema\.org\//i, '').toLowerCase().replace(/[^a-z\d]/g, '')
  if (Object.hasOwn(availabilities, word)) return availabilities[word]
  issues.push(`availability: "${written.slice(0, 40)}" is unknown: expected in_stock, out_of_stock, preorder or backorder`)
  return undefined
}

function moment(fields: Fields, name: string, issues: string[]): string | undefined {
  const written = fields.text(name)
  const found = written === undefined ? undefined : feedMoment(written)
  if (written !== undefined && !found) issues.push(`${name}: "${written.slice(0, 40)}" is no moment such as 2026-11-23T14:00Z`)
  return found
}

function options(fields: Fields): { name: string; values: string[] }[] {
  return ['color', 'size', 'material', 'pattern'].flatMap((name) => {
    const values = fields.all(name).flatMap((it) => (name === 'size' ? [it] : it.split('/'))).map(lineOf).filter(Boolean)
    return values.length ? [{ name, values: [...new Set(values)] }] : []
  })
}

function ids(fields: Fields, issues: string[]): unknown {
  const gtin = fields.text('gtin')?.replace(/[\s-]/g, '')
  const good = gtin && /^\d{8,14}$/.test(gtin)
  // Spreadsheets turn long numbers into 8.93E+12; such a code finds the wrong product.
  if (gtin && !good) issues.push(`gtin: "${gtin.slice(0, 40)}" is no number of 8 to 14 digits`)
  const found = withoutUndefined({ gtin: good ? gtin : undefined, mpn: fields.text('mpn'), sku: fields.text('sku') })
  return Object.keys(found).length ? found : undefined
}

/** `A > B` paths. A bare number is a row of Google's own list, which says nothing to a reader. */
function categories(fields: Fields): string[][] {
  return [...fields.all('google_product_category'), ...fields.all('product_type')]
    .filter((it) => !/^\d+$/.test(it.trim()))
    .map((path) => lineOf(path).split(/\s*>\s*/).filter(Boolean))
    .filter((path) => path.length)
}

/** `shipping` as a group, or in a cell as `country:region:service:price`; the first one that has a price. */
function shipping(fields: Fields, issues: string[]): unknown {
  for (const value of fields.groups('shipping')) {
    const written = typeof value === 'string' ? value.split(',')[0]!.split(':').at(-1) : value['price']
    if (!written?.trim()) continue
    const cost = feedMoney(written)
    if (isMoney(cost)) return cost.minor ? { cost } : { free: true, cost }
    issues.push(`shipping: ${cost.issue}`)
  }
  return undefined
}
