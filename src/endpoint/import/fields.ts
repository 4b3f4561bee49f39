import type { Money } from '../../contract/money.ts'
import { absoluteLink } from './absolute-link.ts'
import { feedMoney, isMoney } from './feed-money.ts'
import { lineOf } from './plain-text.ts'
import type { RawRow } from './raw-row.ts'

export interface FieldRules {
  base?: string | undefined
  currency?: string | undefined
}

/** Reads the fields of one row; what is wrong with one is said to `issues`, and the field counts as missing. */
export function fieldsOf(row: RawRow, rules: FieldRules, issues: string[]) {
  const all = (name: string): string[] =>
    (row.fields.get(name) ?? []).filter((it): it is string => typeof it === 'string' && it.trim() !== '')
  const text = (name: string): string | undefined => {
    const value = all(name)[0]
    return value === undefined ? undefined : lineOf(value) || undefined
  }
  const money = (name: string, written = text(name)): Money | undefined => {
    if (written === undefined) return undefined
    const found = feedMoney(written, rules.currency)
    if (isMoney(found)) return found
    issues.push(`${name}: ${found.issue}`)
    return undefined
  }
  const link = (name: string, written = all(name)[0]): string | undefined => {
    if (written === undefined) return undefined
    const found = absoluteLink(written, rules.base)
    if (!found) issues.push(`${name}: ${whyNoLink(written, rules.base)}`)
    return found
  }
  return { all, text, money, link, groups: (name: string) => row.fields.get(name) ?? [] }
}

export type Fields = ReturnType<typeof fieldsOf>

function whyNoLink(written: string, base: string | undefined): string {
  const said = `"${written.trim().slice(0, 80)}"`
  if (!base && !/^[a-z][\w+.-]*:/i.test(written.trim())) {
    return `${said} is relative: say where the shop is with --base https://shop.example/`
  }
  return `${said} is no http(s) address`
}
