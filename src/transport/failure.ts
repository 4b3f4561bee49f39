import { patience, type Failure } from './http.ts'

/** Whether the same request may succeed later, without anybody mending anything. */
export const isPassing = ({ status = 500 }: Failure): boolean => status >= 500 || [408, 425, 429].includes(status)

/** What is wrong and how to mend it. */
export function reasonOf(failure: Failure, base: string): string {
  const { status, late, issue } = failure
  if (issue) return `${base} does not answer as a Kanmai endpoint does (${issue}): let data-endpoint name one`
  if (late) return `${base} does not answer within ${patience / 1000} s: look at the endpoint's load`
  if (!status) {
    return `${base} cannot be reached: start the endpoint, or let it send "Access-Control-Allow-Origin: *" (a browser does not tell the two apart)`
  }
  return `${base} answers ${status}: ${isPassing(failure) ? "look into the endpoint's log" : "check data-endpoint, data-publisher and the origins in the publisher's config"}`
}
