import { parseArgs } from 'node:util'
import { lint } from '../networks/lint.ts'

/** Where a command writes: `out` is stdout, `err` is stderr. */
export interface CommandOutput {
  out(text: string): void
  err(text: string): void
}

const usage = 'usage: kanmai lint-link URL… [--json]\n'

/**
 * `kanmai lint-link URL… [--json]`: checks affiliate links by their networks' rules. Resolves to the exit code: 0 when all
 * may go out, 1 when one has errors, 2 when it was called wrongly.
 */
export async function lintLink(args: string[], io: CommandOutput): Promise<number> {
  let json: boolean
  let urls: string[]
  try {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true })
    json = values.json
    urls = positionals
  } catch (error) {
    io.err(`${(error as Error).message}\n${usage}`)
    return 2
  }
  if (!urls.length) {
    io.err(usage)
    return 2
  }
  const results = urls.map(lint)
  if (json) io.out(`${JSON.stringify(results, null, 2)}\n`)
  else {
    for (const { url, network, issues } of results) {
      io.out(`${url}\n  ${network ?? 'no network'}${issues.length ? '' : ': clean'}\n`)
      for (const { level, rule, issue } of issues) io.out(`  ${level} ${rule}: ${issue}\n`)
    }
  }
  return results.some(({ issues }) => issues.some(({ level }) => level === 'error')) ? 1 : 0
}
