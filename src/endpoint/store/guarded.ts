import { Problem, unavailable } from '../problem.ts'
import type { Sql } from './sql.ts'

/**
 * The same store; a failure of it becomes a 503 problem, its cause one line of the log. With more than `mostWaiting`
 * questions under way the next one is a 503 at once: a slow store must not gather requests without end.
 */
export function guarded(sql: Sql, log: (line: string) => void, mostWaiting = Infinity): Sql {
  let waiting = 0
  const guard = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (waiting >= mostWaiting) throw unavailable('Too many questions wait for the store. Ask again in a moment.')
    waiting++
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Problem) throw error
      log(`store: ${String(error)}`)
      throw Object.assign(unavailable('The store does not answer. Ask again in a moment; what was sent may be sent again.'), { cause: error })
    } finally {
      waiting--
    }
  }
  return {
    query: (text, params) => guard(() => sql.query(text, params)),
    transaction: (work) => guard(() => sql.transaction(work)),
    listen: (channel, hear) => guard(() => sql.listen(channel, hear)),
    close: () => sql.close(),
  }
}
