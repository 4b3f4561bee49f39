/** What the store needs of a database. PGlite and PostgreSQL fill it with the same SQL. */
export interface Sql {
  /** One statement, `$1` parameters, its rows. JSON goes in as text (`$1::jsonb`); int8 comes out as a number. */
  query<R extends object = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<R[]>
  /** Commits when `work` resolves, rolls back when it rejects. Never write BEGIN through `query`. */
  transaction<T>(work: (sql: Pick<Sql, 'query'>) => Promise<T>): Promise<T>
  /**
   * Hears NOTIFY on a channel, from every process that shares the database, until the returned function is called. An
   * empty payload says that notices may have been lost.
   */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}
