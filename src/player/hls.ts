import { startedAt, type Dated } from '../core/programme-time.ts'

/** What is read of an instance of hls.js. */
export interface Hls {
  on(event: string, listener: (event: string, data: never) => void): void
  off(event: string, listener: (event: string, data: never) => void): void
  readonly latestLevelDetails?: Details | null
  readonly levels?: readonly { details?: Details | undefined }[]
  readonly currentLevel?: number
}

interface Details {
  readonly fragments?: readonly Dated[]
}

export function isHls(engine: object | undefined): engine is Hls {
  return !!engine && 'on' in engine && ('latestLevelDetails' in engine || 'levels' in engine) && 'currentLevel' in engine
}

/** The playlist that is played now, with the seconds at which its pieces stand. */
function detailsOf(hls: Hls): Details | undefined {
  return hls.latestLevelDetails ?? hls.levels?.[hls.currentLevel ?? -1]?.details
}

/** Moment of second 0, as an instance of hls.js knows it. */
export function hlsStartedAt(hls: Hls, second: number): number | undefined {
  const { fragments = [] } = detailsOf(hls) ?? {}
  return startedAt(fragments, second)
}
