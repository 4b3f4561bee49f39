import type { Hono } from 'hono'
import * as v from 'valibot'
import { text } from '../../contract/primitives.ts'
import { readJson } from '../body.ts'
import { digest, mint, sameDigest } from '../digest.ts'
import { unprocessable } from '../problem.ts'
import { bearer } from '../publishers.ts'
import { pathId } from '../query.ts'
import { isPublisherKey, putPublisher } from '../store/publishers.ts'
import type { World } from '../world.ts'

const half = v.custom<object>((it) => typeof it === 'object' && it !== null && !Array.isArray(it))
const Change = v.pipe(half, v.object({ public: v.optional(half), private: v.optional(half), token: v.optional(text(500)) }))

/**
 * `PUT config` changes the publisher whose token it carries; with the admin token it also makes one, and tells the new
 * one's token once when it was not given. A half that is absent stays as it is; a bad part is dropped and named in `issues`.
 */
export function publisherRoutes(app: Hono, { sql, publishers, limits, now, random, adminToken }: World): void {
  const isAdmin = async (request: Request) => {
    const token = bearer(request)
    return adminToken !== undefined && token !== undefined && sameDigest(await digest(token), await digest(adminToken))
  }

  app.put('/v1/:pub/config', async (c) => {
    const key = pathId(c, 'pub')
    const admin = await isAdmin(c.req.raw)
    if (!admin) await publishers.authorize(key, c.req.raw)
    const input = await readJson(c.req.raw, { bytes: limits.bodyBytes, ms: limits.bodyMs, depth: limits.jsonDepth })
    if (!isPublisherKey(key)) throw unprocessable(`"${key}" is no key. Use 1 to 100 letters, digits, dots and dashes.`)
    const read = v.safeParse(Change, input)
    if (!read.success) throw unprocessable('Send {"public": {…}, "private": {…}, "token"?: "…"}, each half an object.')
    const { public: page, private: secret } = read.output
    const minted = admin && !read.output.token && !(await exists(key)) ? mint(40, random) : undefined
    const token = read.output.token ?? minted
    const { created, issues } = await putPublisher(
      sql,
      { key, ...(page && { public: page }), ...(secret && { private: secret }), ...(token && { token }) },
      now(),
    )
    publishers.forget(key)
    const answer = { publisher: key, created, issues, ...(created && minted && { token: minted }) }
    return c.json(answer, created ? 201 : 200, { 'Cache-Control': 'no-store' })
  })

  const exists = async (key: string) => (await sql.query('select 1 from publisher where key = $1', [key])).length > 0
}
