import type { Messages } from '../locale/en-more.ts'
import { announce } from './announcer.ts'

/** Milliseconds between two sentences: a listener also wants to hear the film. */
const rest = 8000

let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined
let saidAt = -Infinity

/** Says to screen readers which products have come, those of a while in one sentence. */
export function announceShown(names: readonly string[], words: Messages): void {
  waiting = [...new Set([...waiting, ...names])]
  timer ??= setTimeout(() => {
    announce(words.nowShown(waiting.join(', ')))
    waiting = []
    timer = undefined
    saidAt = performance.now()
  }, Math.max(0, saidAt + rest - performance.now()))
}
