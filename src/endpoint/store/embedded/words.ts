/** What is asked of the store's thread. `within` is the transaction it belongs to. */
export type Ask =
  | { kind: 'query'; text: string; params: unknown[]; within?: number | undefined }
  | { kind: 'begin' }
  | { kind: 'commit' | 'rollback'; within: number }
  | { kind: 'listen' | 'unlisten'; channel: string }
  | { kind: 'close' }

/** An ask and the number its answer will carry. */
export type Call = Ask & { call: number }

/** What the thread says: once that it is open, answers, notices, and why it ends. */
export type Told =
  | { open: true }
  | { call: number; value: unknown }
  | { call: number; error: { message: string; code?: string | undefined } }
  | { channel: string; payload: string }
  | { died: string }
