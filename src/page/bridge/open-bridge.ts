import { BridgeAnswer, bridgeBodies, bridgeVersion, BridgeWelcome, type BridgeBody, type BridgeVerb } from '../../contract/bridge.ts'
import { read } from '../../contract/read.ts'
import { Receipt, type Signal } from '../../contract/signal.ts'
import type { Bridge, BridgeLine } from '../../core/bridge.ts'

export interface BridgeWorld {
  publisher: string
  /** Cannot be guessed: who does not know it cannot answer. */
  newId(): string
  /** Calls back after so many milliseconds; the returned function calls it off. */
  later(callback: () => void, milliseconds: number): () => void
}

/** Milliseconds until no answer is one. An app answers as soon as it has taken something over, except where it asks the reader. */
export const patience = { hello: 3000, open: 1000, copy: 1000, share: 1000, login: 120_000, signal: 8000 }

type Verb = keyof typeof patience

/** Apps hand over JSON as text; some turn it into objects on the way. */
function fromJson(message: unknown): unknown {
  if (typeof message !== 'string') return message
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}

/** Greets the app at the other end of a line; undefined when nobody there speaks our language. */
export async function openBridge(line: BridgeLine, { publisher, newId, later }: BridgeWorld): Promise<Bridge | undefined> {
  const waiting = new Map<string, (answer: BridgeAnswer) => void>()

  function hear(message: unknown): void {
    const answer = read(BridgeAnswer, fromJson(message))
    if (answer) waiting.get(answer.id)?.(answer)
  }

  function call<V extends Verb>(verb: V, body: BridgeBody<V>): Promise<BridgeAnswer | undefined> {
    return new Promise((resolve) => {
      const id = newId()
      const settle = (answer?: BridgeAnswer): void => {
        waiting.delete(id)
        callOff()
        resolve(answer)
      }
      const callOff = later(settle, patience[verb])
      waiting.set(id, settle)
      try {
        const known = read(bridgeBodies[verb], body)
        if (!known) return settle()
        const answered = line.post(JSON.stringify({ kanmai: bridgeVersion, id, verb, patience: patience[verb], body: known }))
        Promise.resolve(answered).then(hear, () => settle())
      } catch {
        settle()
      }
    })
  }

  const unhear = line.hear(hear)
  const welcome = read(BridgeWelcome, (await call('hello', { publisher }))?.value)
  if (!welcome) return void unhear()

  const can = (verb: BridgeVerb): boolean => welcome.verbs.includes(verb)
  const keeps = can('signal') && welcome.signals === 'instead'
  const ask = async <V extends BridgeVerb>(verb: V, body: BridgeBody<V>): Promise<BridgeAnswer | undefined> => {
    const answer = can(verb) ? await call(verb, body) : undefined
    return answer?.ok ? answer : undefined
  }
  const does = async <V extends BridgeVerb>(verb: V, body: BridgeBody<V>): Promise<boolean> => !!(await ask(verb, body))
  return {
    can,
    keeps,
    open: (what) => does('open', what),
    copy: (text) => does('copy', { text }),
    share: (what) => does('share', what),
    login: (what) => does('login', what),
    async signal(batch) {
      const answer = await ask('signal', batch)
      const receipt = keeps ? read(Receipt, answer?.value) : undefined
      const kept = new Set([...(receipt?.accepted ?? []), ...(receipt?.duplicate ?? [])])
      const some = (batch.signals as Partial<Signal>[]).some(({ id }) => kept.has(id!))
      // To refuse a signal for good is the endpoint's to say.
      return receipt && some ? { ...receipt, rejected: [] } : undefined
    },
    close: unhear,
  }
}
