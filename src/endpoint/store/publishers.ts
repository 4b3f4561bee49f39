import * as v from 'valibot'
import { AppConfig } from '../../contract/app-config.ts'
import { PageConfig } from '../../contract/page-config.ts'
import { parse, type Parsed } from '../../contract/parse.ts'
import { link, list, text } from '../../contract/primitives.ts'
import { NetworkAccount } from '../../networks/account.ts'
import { networks } from '../../networks/networks.ts'
import { digest } from '../digest.ts'
import { storableJson } from './storable.ts'
import type { Sql } from './sql.ts'

/** The half of a publisher's config that never leaves the server. */
export const PrivateConfig = v.object({
  /** Origins of the publisher's pages. Signals from elsewhere are kept and labelled. */
  origins: v.optional(list(text(300))),
  networks: v.optional(list(NetworkAccount)),
  /**
   * The address before an item's id at the redirector, when it is not the endpoint's own: a path of the publisher's
   * domain that a proxy leads to `/v1/{pub}/go/`, as in `https://www.magazine.example/go/`.
   */
  redirector: v.optional(link),
})
export type PrivateConfig = v.InferOutput<typeof PrivateConfig>

/** The half that every page reads. */
const PublicConfig = v.object({ ...PageConfig.entries, app: v.optional(AppConfig) })
type PublicConfig = v.InferOutput<typeof PublicConfig>

export interface Publisher {
  key: string
  /** SHA-256 of the token, in hexadecimal. */
  tokenHash: string
  page: PublicConfig
  private: PrivateConfig
}

export const publisherChannel = 'kanmai_publisher'

export const isPublisherKey = (key: string) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(key)

interface PublisherRow {
  key: string
  token_hash: string
  public: unknown
  private: unknown
}

export async function findPublisher(sql: Pick<Sql, 'query'>, key: string): Promise<Publisher | undefined> {
  if (!isPublisherKey(key)) return undefined
  const [row] = await sql.query<PublisherRow>('select key, token_hash, public, private from publisher where key = $1', [key])
  return row && publisherOf(row)
}

// Read by the schema again: what an older version has kept may no longer hold.
function publisherOf(row: PublisherRow): Publisher {
  return {
    key: row.key,
    tokenHash: row.token_hash,
    page: parse(PublicConfig, { ...(row.public as object), publisher: row.key }).value ?? { publisher: row.key },
    private: parse(PrivateConfig, row.private).value ?? {},
  }
}

export interface PublisherChange {
  key: string
  /** PageConfig without `publisher`; kept as it is when absent. */
  public?: unknown
  /** PrivateConfig; kept as it is when absent. */
  private?: unknown
  /** The new secret; required for a new publisher. Only its digest is kept. */
  token?: string
}

/**
 * Makes or changes a publisher and tells every process that shares the store. What does not hold is dropped and named
 * in `issues`. Throws when the key does not do, or a new publisher comes without a token.
 */
export async function putPublisher(sql: Sql, change: PublisherChange, now = Date.now()): Promise<{ created: boolean; issues: string[] }> {
  const { key, token } = change
  if (!isPublisherKey(key)) throw new TypeError(`A publisher's key is 1 to 100 letters, digits, dots and dashes; "${key}" is not.`)
  const page = change.public === undefined ? undefined : parse(PublicConfig, withKey(change.public, key), 'public')
  const secret = change.private === undefined ? undefined : withinTerms(parse(PrivateConfig, change.private, 'private'))
  const hash = token === undefined ? undefined : await digest(token)

  const created = await sql.transaction(async (tx) => {
    const [known] = await tx.query<PublisherRow>('select key, token_hash, public, private from publisher where key = $1 for update', [key])
    if (!known && hash === undefined) throw new TypeError(`The new publisher "${key}" needs a token.`)
    await tx.query(
      `insert into publisher (key, token_hash, public, private, updated_at) values ($1, $2, $3::jsonb, $4::jsonb, $5)
       on conflict (key) do update set token_hash = excluded.token_hash, public = excluded.public, private = excluded.private,
         updated_at = excluded.updated_at`,
      [
        key,
        hash ?? known!.token_hash,
        storableJson(page?.value ?? known?.public ?? {}),
        storableJson(secret?.value ?? known?.private ?? {}),
        now,
      ],
    )
    await tx.query('select pg_notify($1, $2)', [publisherChannel, key])
    return !known
  })
  return { created, issues: [...(page?.issues ?? []), ...(secret?.issues ?? [])] }
}

/** Leaves out what the terms of a network forbid; the account itself stays and pays. */
function withinTerms({ value, issues }: Parsed<PrivateConfig>): Parsed<PrivateConfig> {
  const refused: string[] = []
  const accounts = value?.networks?.map((account, at) => {
    const { link: way, ...rest } = account
    const { name, redirects } = networks[account.network]
    if (way !== 'redirect' || redirects !== 'forbidden') return account
    refused.push(`networks[${at}].link: the terms of ${name} forbid links that redirect on their way to it, so they stay direct`)
    return rest
  })
  return { value: value && { ...value, ...(accounts && { networks: accounts }) }, issues: [...issues, ...refused] }
}

function withKey(input: unknown, publisher: string): unknown {
  return typeof input === 'object' && input && !Array.isArray(input) ? { ...input, publisher } : input
}
