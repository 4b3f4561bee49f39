import { formOf } from './networks.ts'
import { targetIn } from './place.ts'

/** The merchant's page that an affiliate link leads to, when the link says. */
export function targetOf(url: string): string | undefined {
  const found = formOf(url)
  return found && targetIn(url, found.form)
}
