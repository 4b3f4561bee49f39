import type { Locks } from '../core/outbox-storage.ts'

/** The origin's Web Locks. Without them (no https) every tab works for itself: what is sent twice, the endpoint knows by its id. */
export function createLocks({ navigator }: { navigator: { locks?: LockManager | undefined } }): Locks {
  const manager = navigator.locks
  return {
    async ifFree(name, job) {
      let begun = false
      const begin = async () => {
        begun = true
        await job()
      }
      try {
        if (manager) return await manager.request(name, { ifAvailable: true }, async (lock) => (lock ? (await begin(), true) : false))
      } catch {
        // A sandboxed page has the locks and may not use them.
      }
      if (!begun) await begin()
      return true
    },
  }
}
