import { digest } from './digest.ts'

/** Seconds an answer may be shown without asking, and then while asking again. */
export interface Freshness {
  maxAge: number
  stale: number
}

/** An answer that shared caches may keep, with an ETag of its content; 304 when the client has it already. Without a freshness nobody keeps it. */
export async function cacheable(request: Request, body: string, type: string, freshness: Freshness | undefined): Promise<Response> {
  if (!freshness) return new Response(body, { headers: { 'Cache-Control': 'no-store', 'Content-Type': type } })
  const { maxAge, stale } = freshness
  // Weak: a proxy may compress the bytes on the way.
  const etag = `W/"${(await digest(body)).slice(0, 24)}"`
  const headers = {
    ETag: etag,
    'Cache-Control': `public, max-age=${maxAge}, stale-while-revalidate=${stale}`,
  }
  if (knows(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'Content-Type': type } })
}

function knows(header: string | null, etag: string): boolean {
  if (!header) return false
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag))
}

export const json = 'application/json'
