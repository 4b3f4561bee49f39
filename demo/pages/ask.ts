/** What the endpoint said, or a sentence on why it said nothing useful. */
export type Answer<T> =
  | { value: T; /** Milliseconds since 1970 by the endpoint's clock, to the second. */ at: number; problem?: undefined }
  | { value?: undefined; problem: string }

export interface Asking {
  token?: string
  /** Sent as JSON by POST. */
  body?: unknown
}

/** Asks the demo publisher's endpoint, which serves this page: `ask('/report', {token})`. Never rejects. */
export async function ask<T>(path: string, { token, body }: Asking = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = {}
  if (token) headers['authorization'] = `Bearer ${token}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  try {
    const response = await fetch(`/v1/demo${path}`, {
      headers,
      cache: 'no-store',
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return { value: answer as T, at: Date.parse(response.headers.get('date') ?? '') }
    if (response.status === 401 || response.status === 403) {
      return { problem: 'The endpoint does not know this token. It is the one that npm start printed, or KANMAI_TOKEN.' }
    }
    const said = answer as { title?: string; detail?: string } | undefined
    return { problem: said?.detail ?? said?.title ?? `The endpoint answered ${response.status}.` }
  } catch {
    return { problem: 'The endpoint cannot be reached. Is npm start still running?' }
  }
}
