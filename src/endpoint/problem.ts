/** An answer that is not what was asked for, as RFC 9457 has it. `detail` names the place and the mend. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: { retryAfter?: number; issues?: string[]; headers?: Record<string, string> } = {},
  ) {
    super(`${title}: ${detail}`)
  }

  toResponse(): Response {
    const { retryAfter, issues, headers } = this.more
    const body = { type: 'about:blank', title: this.title, status: this.status, detail: this.detail, ...(issues && { issues }) }
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: {
        'Content-Type': 'application/problem+json',
        'Cache-Control': 'no-store',
        ...(retryAfter !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfter))) }),
        ...headers,
      },
    })
  }
}

export const badRequest = (detail: string) => new Problem(400, 'Bad request', detail)
export const notFound = (detail: string) => new Problem(404, 'Not found', detail)
export const unprocessable = (detail: string, issues?: string[]) => new Problem(422, 'Unprocessable', detail, issues && { issues })
export const tooLarge = (detail: string) => new Problem(413, 'Too large', detail)
export const unavailable = (detail: string, retryAfter = 2) => new Problem(503, 'Unavailable for now', detail, { retryAfter })
