import type { Player } from '../core/player.ts'
import { engineOf } from './engine-of.ts'
import { hlsStartedAt, isHls } from './hls.ts'

/**
 * Reads what a player's stream says beyond what the player does: its dates. `given` is the engine that the page names,
 * for one that is not found beside the media element. Returns what stops it.
 */
export function readStream(player: Player<HTMLElement>, given: () => object | undefined): () => void {
  const engine = (): object | undefined => given() ?? engineOf(player.box)

  player.dates = (second) => {
    const it = engine()
    return isHls(it) ? hlsStartedAt(it, second) : undefined
  }
  return () => (player.dates = undefined)
}
