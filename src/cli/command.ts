import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { CommandOutput } from './lint-link.ts'

export type OptionSpecs = NonNullable<ParseArgsConfig['options']>

export interface Values {
  [option: string]: string | boolean | undefined
}

export interface Command {
  /** One line for the list of commands. */
  summary: string
  /** What follows `kanmai `, as in `import FILE… [--dry-run]`. */
  usage: string
  /** Its options, one a line. */
  help?: string
  options: OptionSpecs
  /** Resolves to the exit code. */
  run(words: string[], values: Values, io: CommandIo): Promise<number>
}

export interface CommandIo extends CommandOutput {
  /** A line on stdout. */
  say(line: string): void
  /** A line on stderr. */
  note(line: string): void
  env: NodeJS.ProcessEnv
  /** Whether somebody watches stderr. */
  isWatched: boolean
}

/** What the user wrote cannot be understood; the command ends with 2. */
export class UsageError extends Error {}

/** Splits a command's words from its options. Throws a `UsageError` that names what is not known. */
export function readArgs(args: string[], options: OptionSpecs): { words: string[]; values: Values } {
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true, strict: true })
    return { words: positionals, values: values as Values }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const name = /'(-[^' ,]*)/.exec(message)?.[1] ?? ''
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError(`Unknown option ${name}.`)
    throw new UsageError(message.split('\n')[0]!)
  }
}

/** The option's text, when it was given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** Options of every command that asks an endpoint or its store. */
export const connectOptions = {
  endpoint: { type: 'string' },
  data: { type: 'string' },
  token: { type: 'string' },
  publisher: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies OptionSpecs

export const connectHelp = `  --publisher KEY   whose data (default: demo)
  --endpoint URL    ask this endpoint; default: the one that runs on the data directory, else its store
  --data DIR        data directory (default: KANMAI_DATA, else .kanmai)
  --token TOKEN     the publisher's token (default: KANMAI_TOKEN, else the one kept in the data directory)
  --json            only JSON on stdout`
