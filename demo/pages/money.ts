import type { Money } from '../../src/contract/money.ts'

/** `{minor: 12900, currency: 'EUR'}` as a reader of this page's language writes it. */
export function formatMoney({ minor, currency }: Money): string {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
