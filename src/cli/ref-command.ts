import { hashOf } from '../core/click-ref.ts'
import { readRef, type ReadRef } from '../core/read-ref.ts'
import { connectHelp, connectOptions, UsageError, type Command, type CommandIo, type Values } from './command.ts'
import { connect } from './connect.ts'
import type { KeptSignal } from './endpoint.ts'

export const refCommand: Command = {
  summary: 'what a click reference stands for',
  usage: 'ref REF [options]',
  help: `Reads what the ref says by itself, and looks for the click that carried it.

${connectHelp}

Exit code: 0 the click was found, 1 it was not.`,
  options: connectOptions,
  async run([ref, ...more], values, io) {
    if (!ref || more.length) throw new UsageError('ref needs one REF, as a network’s report has it.')
    if (!/^[A-Za-z0-9]{1,30}$/.test(ref)) throw new UsageError(`${ref} is no ref: a ref is 1 to 30 letters and digits.`)
    const says = readRef(ref)
    const { signals, problem } = await lookUp(ref, values, io)
    const click = signals.find((it) => it.type === 'click') ?? signals[0]
    if (values['json']) io.say(JSON.stringify({ ref, says: says ?? null, click: click ?? null, signals }, null, 2))
    else io.say(words(ref, says, click))
    if (problem) io.note(problem)
    return click ? 0 : 1
  },
}

/** A ref says something by itself, so a store that cannot be asked is only noted. */
async function lookUp(ref: string, values: Values, io: CommandIo): Promise<{ signals: KeptSignal[]; problem?: string }> {
  try {
    const endpoint = await connect(values, io.env)
    try {
      const signals = await endpoint.signalsOf(ref)
      // A network may have changed the case on the way.
      const folded = signals.length || ref === ref.toLowerCase() ? [] : await endpoint.signalsOf(ref.toLowerCase())
      return { signals: [...signals, ...folded] }
    } finally {
      await endpoint.close()
    }
  } catch (error) {
    return { signals: [], problem: (error as Error).message }
  }
}

function words(ref: string, says: ReadRef | undefined, click: KeptSignal | undefined): string {
  if (!says && !click) return `${ref}\n  not minted by Kanmai, and no kept click carries it`
  const fits = (text: string, hash: string | undefined) => (hash && hashOf(text) !== hash ? '  (the ref itself says otherwise)' : '')
  const lines: [string, string | undefined][] = click
    ? [
        ['placement', click.placement && click.placement + fits(click.placement, says?.placementHash)],
        ['media', click.media && click.media + fits(click.media, says?.mediaHash)],
        ['second', click.second?.toString()],
        ['item', click.item],
        ['when', click.occurredAt],
        ['page', click.page],
      ]
    : [
        ['placement', says?.placementHash && `one whose short hash is ${says.placementHash}`],
        ['media', says?.mediaHash && `one whose short hash is ${says.mediaHash}`],
        ['second', says?.second?.toString()],
        ['click', 'none is kept under this ref'],
      ]
  const shown = lines.filter((it): it is [string, string] => it[1] !== undefined && it[1] !== '')
  return [ref, ...shown.map(([name, value]) => `  ${name.padEnd(10)}${value.replace(/\p{Cc}/gu, ' ')}`)].join('\n')
}
