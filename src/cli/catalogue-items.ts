import type { FeedPage, Item } from '../contract/item.ts'
import type { PageConfig } from '../contract/page-config.ts'
import { readAnswer, type Endpoint } from './endpoint.ts'

/** A publisher's items, at most `most` of them: a feed to its end is the whole catalogue. */
export async function catalogueItems(endpoint: Endpoint, most: number): Promise<Item[]> {
  const read = async <T>(path: string) => readAnswer<T>(await endpoint.get(path))
  const { placements } = await read<PageConfig>('config')
  const placement = Object.keys(placements ?? {})[0] ?? 'all'
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await read<FeedPage>(`feeds/${encodeURIComponent(placement)}${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)
    items.push(...page.items)
    cursor = page.next
  } while (cursor && items.length < most)
  return items
}
