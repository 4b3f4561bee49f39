#!/usr/bin/env node
import { version } from '../endpoint/serve/package-root.ts'
import { readArgs, UsageError, type Command, type CommandIo } from './command.ts'
import { contactSheetCommand } from './contact-sheet-command.ts'
import { cspCommand } from './csp-command.ts'
import { exportCommand } from './export-command.ts'
import { importCommand } from './import-command.ts'
import { lintLink } from './lint-link.ts'
import { refCommand } from './ref-command.ts'
import { reportCommand } from './report-command.ts'
import { serveCommand } from './serve-command.ts'

const commands: Record<string, Command> = {
  serve: serveCommand,
  import: importCommand,
  report: reportCommand,
  ref: refCommand,
  export: exportCommand,
  'contact-sheet': contactSheetCommand,
  csp: cspCommand,
  'lint-link': {
    summary: 'check affiliate links by their networks’ rules',
    usage: 'lint-link URL… [--json]',
    options: { json: { type: 'boolean' } },
    run: (words, values, io) => lintLink([...words, ...(values['json'] ? ['--json'] : [])], io),
  },
}

const overview = `Usage: kanmai COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`)
  .join('\n')}

kanmai COMMAND --help says more; kanmai --version says which Kanmai this is.`

/** Runs one command line. Resolves to the exit code: 0 done, 1 not done, 2 not understood. */
async function main([name = '--help', ...args]: string[], io: CommandIo): Promise<number> {
  if (name === '--version' || name === '-v') return done(io, version)
  if (name === '--help' || name === '-h' || name === 'help') return done(io, overview)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  try {
    if (!command) throw new UsageError(name.startsWith('-') ? `Unknown option ${name}.` : `There is no command ${name}.`)
    const { words, values } = readArgs(args, { ...command.options, help: { type: 'boolean', short: 'h' } })
    if (values['help']) return done(io, manual(command))
    return await command.run(words, values, io)
  } catch (error) {
    io.note(error instanceof Error ? error.message : String(error))
    if (!(error instanceof UsageError)) return 1
    io.note(`kanmai ${command ? `${name} ` : ''}--help says what there is.`)
    return 2
  }
}

function manual({ usage, summary, help }: Command): string {
  const about = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
  return [`Usage: kanmai ${usage}`, about, ...(help ? [help] : [])].join('\n\n')
}

function done(io: CommandIo, words: string): number {
  io.say(words)
  return 0
}

// A reader that has enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

/** A word that cannot be written, as to a file on a full disk, must not end the work it is about. */
function err(text: string) {
  try {
    process.stderr.write(text)
  } catch {
    // There is nowhere to say it.
  }
}
process.stderr.on('error', () => {})

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err,
  say: (line) => process.stdout.write(`${line}\n`),
  note: (line) => err(`${line}\n`),
  env: process.env,
  isWatched: process.stderr.isTTY === true,
})
