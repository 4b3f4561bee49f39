import type { Item } from '../contract/item.ts'
import type { Money } from '../contract/money.ts'
import { isLess } from './money.ts'

/** What the shop asks. Each of `was` and `final` is only there when it says something: `was` above, `final` below `now`. */
export interface AskedPrice {
  now: Money
  was?: Money
  final?: Money
  /** The cheapest of several variants' prices. */
  from: boolean
}

/**
 * The price that the shop asks at `at` (milliseconds since 1970), undefined when none may be shown: there is none, it is
 * no longer valid, or the shop was asked more than `maxAge` seconds ago. Outside its sale window an item costs what it
 * cost before.
 */
export function askedPrice({ price, saleWindow: { startsAt, endsAt } = {} }: Item, at: number, maxAge = Infinity): AskedPrice | undefined {
  const passed = (moment: string | undefined, by = 0) => moment !== undefined && at - Date.parse(moment) >= by
  if (!price || passed(price.asOf, maxAge * 1000 + 1) || passed(price.validUntil)) return

  const onSale = (!startsAt || passed(startsAt)) && !passed(endsAt)
  const { was, final, min, max } = price
  const now = onSale ? price.now : (was ?? price.now)
  return {
    now,
    from: !!min && !!max && isLess(min, max),
    ...(was && isLess(now, was) && { was }),
    ...(onSale && final && final.minor >= 0 && isLess(final, now) && { final }),
  }
}
