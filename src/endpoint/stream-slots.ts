import { unavailable } from './problem.ts'

/** Streams that may be open, in all and per client; clients without a name are not told apart. */
export function createStreamSlots(most: number, mostPerClient: number) {
  const perClient = new Map<string, number>()
  let open = 0
  return {
    /** Takes a slot; throws a 503 when none is left. The returned function gives it back, once. */
    take(client: string): () => void {
      const mine = perClient.get(client) ?? 0
      if (open >= most || (client && mine >= mostPerClient)) {
        throw unavailable('Too many live streams are open. Try again later, or read the cues of the media.', 30)
      }
      open++
      perClient.set(client, mine + 1)
      let taken = true
      return () => {
        if (!taken) return
        taken = false
        open--
        const left = perClient.get(client)! - 1
        if (left) perClient.set(client, left)
        else perClient.delete(client)
      }
    },
  }
}
