import { isHttpLink } from '../../contract/http-link.ts'
import { Item } from '../../contract/item.ts'
import type { Offer } from '../../contract/offer.ts'
import { parse } from '../../contract/parse.ts'
import { affiliateLink } from '../../networks/affiliate-link.ts'
import type { ItemLinks } from '../item-links.ts'
import type { Publisher } from './publishers.ts'
import type { Sql } from './sql.ts'

/** A catalogue row as far as an item is made from it; the commission is never even asked for. */
export interface ItemRow {
  public_id: string
  feed: string
  item: Omit<Item, 'id' | 'url'>
  target: string
  promotions: string[] | null
  seen_at: number
}

export const itemColumns = 'public_id, feed, item, target, promotions, seen_at'

/** The items of these public ids, in the order of the ids; unknown ones are missing. */
export async function itemsById(sql: Sql, publisher: string, ids: readonly string[], links: ItemLinks): Promise<Item[]> {
  if (!ids.length) return []
  const rows = await sql.query<ItemRow>(
    `select ${itemColumns} from catalogue where publisher = $1 and public_id in (select jsonb_array_elements_text($2::jsonb))`,
    [publisher, JSON.stringify(ids)],
  )
  const order = new Map(ids.map((id, index) => [id, index]))
  return finishItems(sql, publisher, rows.sort((a, b) => order.get(a.public_id)! - order.get(b.public_id)!), links)
}

/** Where a link to the item goes, with the `{ref}` slot; undefined for an unknown one. */
export async function linkOf(sql: Sql, publisher: Publisher, id: string): Promise<string | undefined> {
  const [row] = await sql.query<{ target: string }>('select target from catalogue where publisher = $1 and public_id = $2', [publisher.key, id])
  const url = row && affiliateLink(row.target, publisher.private.networks ?? []).url
  return isHttpLink(url) ? url : undefined
}

/** Rows joined with their promotions and given their links. What the contract does not let out stays in. */
export async function finishItems(sql: Sql, publisher: string, rows: readonly ItemRow[], linksTo: ItemLinks): Promise<Item[]> {
  const offersOf = await promotionsOf(sql, publisher, rows)
  return rows.flatMap((row) => {
    const { price, offers = [], links, ...item } = row.item
    const joined = [...offers, ...offersOf(row)]
    const { url, ...others } = linksTo(row.public_id, row.target, links)
    const { value } = parse(Item, {
      ...item,
      ...(Object.keys(others).length && { links: others }),
      id: row.public_id,
      url,
      ...(price && { price: { ...price, asOf: price.asOf ?? new Date(row.seen_at).toISOString() } }),
      ...(joined.length && { offers: joined }),
    })
    return value ?? []
  })
}

interface StoredPromotion {
  feed: string
  promotion_id: string
  every_item: boolean
  offer: Offer
}

async function promotionsOf(sql: Sql, publisher: string, rows: readonly ItemRow[]): Promise<(row: ItemRow) => Offer[]> {
  if (!rows.length) return () => []
  const named = [...new Set(rows.flatMap((row) => row.promotions ?? []))]
  const feeds = [...new Set(rows.map((row) => row.feed))]
  const promotions = await sql.query<StoredPromotion>(
    `select feed, promotion_id, every_item, offer from promotion where publisher = $1 and (
       promotion_id in (select jsonb_array_elements_text($2::jsonb)) or every_item and feed in (select jsonb_array_elements_text($3::jsonb)))
     order by feed, promotion_id`,
    [publisher, JSON.stringify(named), JSON.stringify(feeds)],
  )
  // One that holds for every product holds for those of its own feed: another feed may be another shop's.
  return ({ feed, promotions: names }) =>
    promotions
      .filter((it) => (it.every_item && it.feed === feed) || names?.includes(it.promotion_id))
      .map(({ promotion_id, offer }) => ({ id: promotion_id, ...offer }))
}
