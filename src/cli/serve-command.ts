import { readDatacentres } from '../endpoint/serve/datacentres-file.ts'
import { readLimits } from '../endpoint/serve/limits-setting.ts'
import { readPublishersFile } from '../endpoint/serve/publishers-file.ts'
import { trustedProxies } from '../endpoint/serve/client-address.ts'
import { textOf, UsageError, type Command, type CommandIo } from './command.ts'
import { dataDirectory } from './connect.ts'

export const serveCommand: Command = {
  summary: 'start the endpoint',
  usage: 'serve [--config FILE] [--demo] [--port N] [--data DIR]',
  help: `  --config FILE  makes the publishers of the file: {"publishers": [{"key", "token", "public", "private"}]};
                 a token may be {"env": "NAME"}
  --demo         serves the demo site too, and fills the publisher "demo"
  --port N       port to listen on, 0 for any free one (default: PORT, else 8787)
  --data DIR     data directory (default: KANMAI_DATA, else .kanmai)

Environment: HOST (127.0.0.1), PORT (8787), PUBLIC_URL (how the endpoint is reached from outside), TRUST_PROXY (number of
proxies whose X-Forwarded-For is believed), KANMAI_DATA, KANMAI_TOKEN (the operator's token, which makes publishers by
PUT config and is that of the publisher "demo"; with --demo random and printed when unset), DATABASE_URL (PostgreSQL
instead of the embedded store), KANMAI_LIMITS (JSON such as {"streamsPerAddress": 5000}), KANMAI_DATACENTRES (files of address
ranges, with commas between: clicks from there are flagged as a program's). Ctrl-C lets requests finish; twice ends at once.`,
  options: { config: { type: 'string' }, demo: { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' } },
  async run(words, values, io) {
    if (words.length) throw new UsageError(`serve takes no words, only options: ${words[0]}`)
    const { env } = io
    const config = textOf(values, 'config')
    const publicUrl = readPublicUrl(env['PUBLIC_URL'])
    const port = readPort(textOf(values, 'port') ?? env['PORT'])
    const publishers = config ? readPublishersFile(config, env) : []

    const limits = readLimits(env['KANMAI_LIMITS'])
    const isDatacentre = readDatacentres((env['KANMAI_DATACENTRES'] ?? '').split(',').flatMap((it) => it.trim() || []))

    // Heard from the start: a signal during the start waits for it, and then undoes it.
    const stop = heardSignal(io)
    // Late: the database is a large thing to load for saying that an option is unknown.
    const { serve } = await import('../endpoint/serve/serve.ts')
    const serving = await serve({
      host: env['HOST'] || '127.0.0.1',
      port,
      publicUrl,
      proxies: trustedProxies(env['TRUST_PROXY']),
      data: dataDirectory(values, env),
      databaseUrl: env['DATABASE_URL'] || undefined,
      publishers,
      token: env['KANMAI_TOKEN'] || undefined,
      demo: values['demo'] === true,
      limits,
      isDatacentre,
      note: io.note,
    })
    io.say(`Kanmai ready at ${publicUrl ?? serving.url}`)
    const code = await stop
    setTimeout(() => (io.note('It did not close in time.'), process.exit(1)), closingMs).unref()
    await serving.close()
    return code
  },
}

/** Milliseconds after which an endpoint that is asked to stop is ended, whatever it still waits for. */
const closingMs = 15_000

/** Resolves, with the exit code, when it is asked to stop, or when something happened that nobody expected. */
function heardSignal(io: CommandIo): Promise<number> {
  return new Promise((resolve) => {
    let heard = 0
    const handle = (signal: NodeJS.Signals) => {
      if (heard++) process.exit(signal === 'SIGINT' ? 130 : 143)
      io.note('Stopping: requests may finish.')
      resolve(0)
    }
    // Its state cannot be known then: what is under way may finish, what is stored is safe, and a fresh start is in order.
    process.on('uncaughtException', (error) => {
      io.note(`An unexpected error, so the endpoint stops: ${error.stack ?? String(error)}`)
      resolve(1)
    })
    process.on('SIGINT', handle)
    process.on('SIGTERM', handle)
  })
}

function readPort(setting: string | undefined): number {
  if (!setting) return 8787
  if (/^\d{1,5}$/.test(setting) && Number(setting) <= 65_535) return Number(setting)
  throw new UsageError(`${setting} is no port: take one from 0 (any free one) to 65535.`)
}

/** Without the slash at its end, so that paths can follow. */
function readPublicUrl(setting: string | undefined): string | undefined {
  if (!setting) return undefined
  if (!/^https?:\/\//i.test(setting) || !URL.canParse(setting)) {
    throw new UsageError(`PUBLIC_URL is ${setting}; it must be an http(s) address.`)
  }
  return setting.replace(/\/+$/, '')
}
