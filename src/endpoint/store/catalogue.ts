import { mint } from '../digest.ts'
import type { CatalogueRow } from '../import/catalogue-row.ts'
import type { CatalogueSink, Stored } from '../import/catalogue-sink.ts'
import { storable, storableJson } from './storable.ts'
import type { Sql } from './sql.ts'

export interface Catalogue extends CatalogueSink {
  /** Removes what the feed held before and this run has not brought. Resolves with how many rows went. */
  prune(): Promise<number>
}

const isPublicId = (id: string) => /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/.test(id)

/** One run of a feed into a publisher's catalogue, a transaction a batch. What is there already is updated and keeps its public id. */
export function createCatalogue(sql: Sql, publisher: string, feed: string, now = Date.now()): Catalogue {
  // Newest run first, and within a run as the feed has it.
  const run = String(9e15 - now).padStart(16, '0')
  let count = 0
  const placeOf = (item: CatalogueRow['item']) => `${shelfOf(item)}${run}${String(count++).padStart(9, '0')}`

  return {
    async put(batch) {
      const rows = [...new Map(batch.map((row) => [row.rawId, row])).values()]
      if (!rows.length) return { added: 0, updated: 0 }
      const records = await Promise.all(
        rows.map(async (row) => ({ ...recordOf(row), place: placeOf(row.item), hashed_id: await hashedId(feed, row.rawId) })),
      )
      const fresh = await sql.transaction(async (tx) => {
        // Two feeds of one publisher must not take the same public id at the same time.
        await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`kanmai catalogue ${publisher}`])
        return tx.query<{ fresh: boolean }>(upsert, [publisher, feed, now, storableJson(records)])
      })
      return counted(fresh, batch.length)
    },

    async putPromotions(batch) {
      const rows = [...new Map(batch.map((row) => [row.promotionId, row])).values()]
      const records = rows.map(({ promotionId, everyItem, offer }) => ({ promotion_id: promotionId, every_item: everyItem, offer }))
      const fresh = await sql.query<{ fresh: boolean }>(
        `insert into promotion (publisher, feed, promotion_id, every_item, offer, seen_at)
         select $1, $2, promotion_id, every_item, offer, $3
         from jsonb_to_recordset($4::jsonb) as r(promotion_id text, every_item boolean, offer jsonb)
         on conflict (publisher, feed, promotion_id)
           do update set every_item = excluded.every_item, offer = excluded.offer, seen_at = excluded.seen_at
         returning xmax = 0 as fresh`,
        [publisher, feed, now, storableJson(records)],
      )
      return counted(fresh, batch.length)
    },

    async prune() {
      let gone = 0
      for (const table of ['catalogue', 'promotion']) {
        const [row] = await sql.query<{ gone: number }>(
          `with gone as (delete from ${table} where publisher = $1 and feed = $2 and seen_at < $3 returning 1)
           select count(*) as gone from gone`,
          [publisher, feed, now],
        )
        gone += row!.gone
      }
      return gone
    },
  }
}

// A row keeps its public id and its place within its shelf; a new one gets its raw id when no other feed has that.
const upsert = `
insert into catalogue (publisher, feed, raw_id, public_id, item, target, promotions, commission, place, brand, categories,
  price, currency, seen_at)
select $1, $2, raw_id,
  case when wanted_id is null or exists (
    select from catalogue c where c.publisher = $1 and c.public_id = r.wanted_id and not (c.feed = $2 and c.raw_id = r.raw_id)
  ) then hashed_id else wanted_id end,
  item, target, promotions, commission, place, brand,
  array(select jsonb_array_elements_text(categories)), price, currency, $3
from jsonb_to_recordset($4::jsonb) as r(raw_id text, wanted_id text, hashed_id text, item jsonb, target text, promotions jsonb,
  commission jsonb, place text, brand text, categories jsonb, price bigint, currency text)
on conflict (publisher, feed, raw_id) do update set item = excluded.item, target = excluded.target, promotions = excluded.promotions,
  commission = excluded.commission, place = left(excluded.place, 1) || substr(catalogue.place, 2), brand = excluded.brand,
  categories = excluded.categories, price = excluded.price, currency = excluded.currency, seen_at = excluded.seen_at
returning xmax = 0 as fresh`

function recordOf({ rawId, item, target, promotions, commission }: CatalogueRow) {
  return {
    raw_id: rawId,
    wanted_id: isPublicId(rawId) ? rawId : null,
    item,
    target,
    promotions: promotions?.length ? promotions : null,
    commission: commission ?? null,
    brand: item.brand?.toLowerCase() ?? null,
    categories: categoriesOf(item),
    price: Number.isSafeInteger(item.price?.now.minor) ? item.price?.now.minor : null,
    currency: item.price?.now.currency ?? null,
  }
}

/** Every step of every path, each with the way to it: `Home`, `Home > Lighting`. */
export function categoriesOf({ categories = [] }: Pick<CatalogueRow['item'], 'categories'>): string[] {
  const steps = categories.flatMap((path) => path.map((_, depth) => path.slice(0, depth + 1).join(' > ').toLowerCase()))
  return [...new Set(steps)].slice(0, 50)
}

/** 0 is what an editor has picked, 1 what can be bought, 2 the rest. */
function shelfOf({ availability = 'in_stock', tags = [], badges = [] }: CatalogueRow['item']): number {
  if (availability === 'out_of_stock') return 2
  return [...tags, ...badges].some((word) => /^(editor|pick|featured|推荐|精选)/i.test(word)) ? 0 : 1
}

function counted(rows: { fresh: boolean }[], brought: number): Stored {
  const added = rows.filter((row) => row.fresh).length
  return { added, updated: brought - added }
}

/** A public id for a raw id that cannot be one, the same at every import. */
async function hashedId(feed: string, rawId: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${feed}\n${storable(rawId)}`)))
  let at = 0
  return `p${mint(15, (below) => bytes[at++]! % below)}`
}
