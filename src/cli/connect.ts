import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readToken } from '../endpoint/serve/kept-token.ts'
import { findHolder } from '../endpoint/store/data-lock.ts'
import { textOf, type Values } from './command.ts'
import type { Endpoint } from './endpoint.ts'
import { runningEndpoint } from './running-endpoint.ts'

export function dataDirectory(values: Values, env: NodeJS.ProcessEnv): string {
  return resolve(textOf(values, 'data') || env['KANMAI_DATA'] || '.kanmai')
}

/** Whom a command asks: `--endpoint`, else the endpoint that runs on the data directory, else its store. */
export async function connect(values: Values, env: NodeJS.ProcessEnv): Promise<Endpoint> {
  const data = dataDirectory(values, env)
  const publisher = textOf(values, 'publisher') ?? 'demo'

  const url = textOf(values, 'endpoint')?.replace(/\/+$/, '') ?? findHolder(data)?.url
  if (url) return runningEndpoint(url, publisher, textOf(values, 'token') ?? env['KANMAI_TOKEN'] ?? readToken(data))

  const databaseUrl = env['DATABASE_URL'] || undefined
  if (!databaseUrl && !existsSync(join(data, 'store'))) {
    const mend = 'Start kanmai serve, or name another place by --data or --endpoint.'
    throw new Error(`No endpoint runs on ${data}, and there is no store in it. ${mend}`)
  }
  // Late: the database is a large thing to load for a command that only asks over the network.
  const { stoppedEndpoint } = await import('./stopped-endpoint.ts')
  return stoppedEndpoint({ data, databaseUrl }, publisher)
}
