import { Offer } from '../../contract/offer.ts'
import { parse } from '../../contract/parse.ts'
import type { PromotionRow } from './catalogue-row.ts'
import { feedWindow } from './feed-moment.ts'
import { fieldsOf, type FieldRules } from './fields.ts'
import type { ReadRow } from './google-item.ts'
import type { RawRow } from './raw-row.ts'
import { withoutUndefined } from './without-undefined.ts'

/** Whether a row speaks of a promotion rather than of a product that has some. */
export function isPromotion({ fields }: RawRow): boolean {
  return fields.has('promotion_id') && !fields.has('link') && ['long_title', 'offer_type', 'product_applicability'].some((it) => fields.has(it))
}

/**
 * A promotion of a Google Merchant promotions feed. With a code to copy it is a `code`, from an amount on a `threshold`,
 * otherwise it happens by itself (`auto`). One without dates that can be read is skipped: shown for ever, it would lie.
 */
export function googlePromotion(row: RawRow, rules: FieldRules): ReadRow<PromotionRow> {
  const issues: string[] = []
  const fields = fieldsOf(row, rules, issues)
  const promotionId = fields.text('promotion_id') ?? fields.text('id')
  const said = () => issues.map((issue) => (promotionId ? `${promotionId.slice(0, 60)}: ${issue}` : issue))
  const skip = (issue: string): ReadRow<PromotionRow> => {
    issues.push(issue)
    return { value: undefined, issues: said() }
  }
  if (row.issue) return skip(row.issue)
  if (!promotionId) return skip('the row has no promotion_id')

  const dates = fields.text('promotion_effective_dates')
  const group = fields.groups('promotion_effective_dates').find((it) => typeof it !== 'string') as Record<string, string> | undefined
  const written = dates ?? (group && `${group['start_date'] ?? ''}/${group['end_date'] ?? ''}`)
  const window = written === undefined ? {} : feedWindow(written)
  if (!window) {
    return skip(`promotion_effective_dates: "${written!.slice(0, 80)}" is no span such as 2026-11-27T00:00Z/2026-11-30T23:59Z`)
  }
  const channel = fields.all('redemption_channel').join(',')
  if (/in[_ ]?store/i.test(channel) && !/online/i.test(channel)) {
    return skip('redemption_channel: holds in the shop only, and cannot be used by a link')
  }

  const code = fields.text('generic_redemption_code')
  if (!code && /generic/i.test(fields.text('offer_type') ?? '')) {
    return skip('generic_redemption_code: is missing, and the offer is of no use without it')
  }
  const threshold = fields.money('minimum_purchase_amount')
  if (!threshold && fields.text('minimum_purchase_amount')) return { value: undefined, issues: said() }
  const percent = fields.text('percent_off')
  const off = fields.money('money_off_amount')
  const share = percent === undefined ? undefined : Number(percent.replace(/\s*%$/, '').replace(',', '.'))
  if (share !== undefined && !(share > 0 && share <= 100)) {
    issues.push(`percent_off: "${percent!.slice(0, 40)}" is no number of 0 to 100`)
  }

  const { value: offer, issues: found } = parse(
    Offer,
    withoutUndefined({
      id: promotionId,
      kind: code ? 'code' : threshold ? 'threshold' : 'auto',
      title: fields.text('long_title'),
      code,
      off,
      percent: share !== undefined && share > 0 && share <= 100 ? share : undefined,
      threshold,
      ...window,
    }),
    'row',
  )
  issues.push(...found)
  if (!offer) return { value: undefined, issues: said() }
  const everyItem = /all/i.test(fields.text('product_applicability') ?? '')
  return { value: { promotionId, everyItem, offer }, issues: said() }
}
