import type { PlayerChange } from '../core/player.ts'

export interface Followers {
  tell(change: PlayerChange): void
  /** As `Player.follow`. */
  follow(listener: (change: PlayerChange) => void): () => void
}

/** Who follows a player. `watch` is called when the first one comes, and what it returned when the last one has gone. */
export function createFollowers(watch: () => () => void = () => () => {}): Followers {
  const listeners = new Set<(change: PlayerChange) => void>()
  let stop: (() => void) | undefined
  return {
    tell: (change) => listeners.forEach((listener) => listener(change)),
    follow(listener) {
      listeners.add(listener)
      stop ??= watch()
      return () => {
        listeners.delete(listener)
        if (listeners.size) return
        stop?.()
        stop = undefined
      }
    },
  }
}
