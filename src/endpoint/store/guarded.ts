import { Problem, unavailable } from '../problem.ts'
import type { Sql } from './sql.ts'

/** The same store; a failure of it becomes a 503 problem, its cause one line of the log. */
export function guarded(sql: Sql, log: (line: string) => void): Sql {
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof Problem) throw error
      log(`store: ${String(error)}`)
      throw Object.assign(unavailable('The store does not answer. Ask again in a moment; what was sent may be sent again.'), { cause: error })
    }
  }
  return {
    query: (text, params) => guard(sql.query(text, params)),
    transaction: (work) => guard(sql.transaction(work)),
    listen: (channel, hear) => guard(sql.listen(channel, hear)),
    close: () => sql.close(),
  }
}
