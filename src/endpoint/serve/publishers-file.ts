import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { parse } from '../../contract/parse.ts'
import { list, text } from '../../contract/primitives.ts'
import type { PublisherChange } from '../store/publishers.ts'

type Token = string | { env: string }

const token = v.custom<Token>(
  (it) => (typeof it === 'string' && it !== '') || (typeof it === 'object' && it !== null && 'env' in it && typeof it.env === 'string'),
  'text or {"env": "NAME"}',
)

const PublishersFile = v.object({
  publishers: list(
    v.object({
      key: text(100),
      token: v.optional(token),
      public: v.optional(v.unknown()),
      private: v.optional(v.unknown()),
    }),
  ),
})

/**
 * Reads `{publishers: [{key, token?, public?, private?}]}`; a token may be `{"env": "NAME"}`, so that the file holds no
 * secret. Throws a sentence when the file or one of its publishers cannot be used: half a config helps nobody.
 */
export function readPublishersFile(path: string, env: NodeJS.ProcessEnv): PublisherChange[] {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
  const { value, issues } = parse(PublishersFile, json, 'config')
  if (!value || issues.length) throw new Error(`${path}: ${issues.join('; ')}`)
  return value.publishers.map(({ token, ...rest }, index) => {
    if (token === undefined || typeof token === 'string') return { ...rest, ...(token && { token }) }
    const secret = env[token.env]
    if (!secret) throw new Error(`${path}: publishers[${index}].token: the environment has no ${token.env}`)
    return { ...rest, token: secret }
  })
}
