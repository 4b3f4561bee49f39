/** What one client, one body and one process may cost. */
export interface Limits {
  /** Bytes of a JSON body; more is answered 413. */
  bodyBytes: number
  /** Bytes of a media's cues as a publisher puts them. */
  sheetBytes: number
  /** Milliseconds until a body must have arrived; later is answered 408. */
  bodyMs: number
  /** Levels of `[` and `{` in a JSON body. */
  jsonDepth: number
  signalsPerBatch: number
  /** Bytes of an imported feed. */
  importBytes: number
  /** Signals that may wait for their write before batches are answered 503. */
  waitingSignals: number
  /** Questions that may wait for the store before more are answered 503; writes of signals do not count. */
  waitingQueries: number
  /** Reports that may be made at the same time; each reads every signal of its time. */
  reports: number
  /** Open connections of the process, fewer where the system allows fewer files; more are hung up on. */
  connections: number
  /** Seconds that the budgets below are for; each counts per address prefix within a publisher. */
  windowSeconds: number
  /** Batches that hold nothing but impressions. Their own budget: they can never use up that of clicks. */
  impressionBatches: number
  /** Batches with a click or another act in them. */
  actBatches: number
  /** Clicks through the redirector. */
  clicks: number
  reads: number
  /** Clicks and impressions of one visit, and of one address prefix and user agent, beyond which they are flagged. */
  visitClicks: number
  visitImpressions: number
  networkClicks: number
  networkImpressions: number
  /** Wrong tokens. */
  failedTokens: number
  /** Open live streams of the whole process, and of one address prefix. */
  streams: number
  streamsPerAddress: number
  /** Milliseconds between heartbeats of a live stream. */
  heartbeatMs: number
  /** Least milliseconds between two words on how many follow a live room. */
  roomStateMs: number
}

export const defaultLimits: Limits = {
  bodyBytes: 1_000_000,
  sheetBytes: 10_000_000,
  bodyMs: 30_000,
  jsonDepth: 64,
  signalsPerBatch: 500,
  importBytes: 2_000_000_000,
  waitingSignals: 20_000,
  waitingQueries: 2_000,
  reports: 2,
  connections: 20_000,
  windowSeconds: 10,
  impressionBatches: 2_000,
  actBatches: 6_000,
  clicks: 2_000,
  reads: 10_000,
  visitClicks: 15,
  visitImpressions: 500,
  networkClicks: 300,
  networkImpressions: 10_000,
  failedTokens: 20,
  streams: 10_000,
  // A mobile network puts thousands of viewers behind one prefix.
  streamsPerAddress: 5_000,
  heartbeatMs: 15_000,
  roomStateMs: 2_000,
}
