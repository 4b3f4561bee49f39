import { finishItems, itemColumns, type ItemRow } from './items.ts'
import type { Item } from '../../contract/item.ts'
import type { ItemLinks } from '../item-links.ts'
import type { Sql } from './sql.ts'

export const feedKinds = ['guess', 'new', 'picks', 'similar'] as const
export type FeedKind = (typeof feedKinds)[number]

/** Where the next page begins: after this place of the shelf and, in a scored feed, this score. */
export interface FeedCursor {
  place: string
  score?: number | undefined
}

export interface FeedQuestion {
  kind: FeedKind
  /** Items that the feed should be like: the one it stands beside, or those of this visit. They are left out of it. */
  like: readonly string[]
  size: number
  after?: FeedCursor | undefined
}

interface FeedRow extends ItemRow {
  place: string
  score?: number
}

/** One page of a feed, and where the next one begins when there is more. The same question has the same answer. */
export async function feedPage(
  sql: Sql,
  publisher: string,
  question: FeedQuestion,
  links: ItemLinks,
): Promise<{ items: Item[]; next?: FeedCursor }> {
  const { size, like } = question
  const rows = like.length ? await scored(sql, publisher, question) : await shelved(sql, publisher, question)
  const items = await finishItems(sql, publisher, rows.slice(0, size), links)
  const last = rows[size - 1]
  if (rows.length <= size || !last) return { items }
  return { items, next: { place: last.place, ...(last.score !== undefined && { score: last.score }) } }
}

function shelved(sql: Sql, publisher: string, { kind, size, after }: FeedQuestion): Promise<FeedRow[]> {
  // The first digit of a place is its shelf: without it the newest comes first.
  const order = kind === 'new' ? 'substr(place, 2)' : 'place'
  const shelf = { new: "and place < '2'", picks: "and place < '1'" }[kind as string] ?? ''
  return sql.query<FeedRow>(
    `select ${itemColumns}, place from catalogue
     where publisher = $1 and ${order} > $2 ${shelf} order by ${order} limit $3`,
    [publisher, kind === 'new' ? (after?.place.slice(1) ?? '') : (after?.place ?? ''), size + 1],
  )
}

/** Each shared step of a category path weighs 2, a shared brand 2, a price within half and double 1; sold out comes last. */
function scored(sql: Sql, publisher: string, { like, size, after }: FeedQuestion): Promise<FeedRow[]> {
  return sql.query<FeedRow>(
    `with seen as (
       select public_id, brand, categories, price, currency from catalogue
       where publisher = $1 and public_id in (select jsonb_array_elements_text($2::jsonb))
     ), taste as (
       select category, count(*) as times from seen, unnest(categories) as category group by category
     ), candidate as (
       select ${itemColumns}, place,
         (case when place < '2' then 1000 else 0 end
         + coalesce((select sum(2 * times) from taste where category = any(c.categories)), 0)
         + case when exists (select from seen s where s.brand = c.brand) then 2 else 0 end
         + case when exists (
             select from seen s where s.currency = c.currency and c.price between s.price / 2 and s.price * 2
           ) then 1 else 0 end
         )::int as score
       from catalogue c where publisher = $1 and not exists (select from seen s where s.public_id = c.public_id)
     )
     select * from candidate where $3::int is null or score < $3 or (score = $3 and place > $4)
     order by score desc, place limit $5`,
    [publisher, JSON.stringify(like), after?.score ?? null, after?.place ?? '', size + 1],
  )
}
