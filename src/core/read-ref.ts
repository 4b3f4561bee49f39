import { noHash, noSecond, refVersion } from './click-ref.ts'

/** What a ref says by itself, without a look into any store; absent where the click named none. */
export interface ReadRef {
  placementHash?: string
  mediaHash?: string
  /** Whole second of the media. */
  second?: number
}

const layout = new RegExp(`^${refVersion}([0-9a-z]{5})([0-9a-z]{5})([0-9a-z]{4})[0-9a-z]{14}$`, 'i')

/** What a ref says; undefined when it is not one of ours. A network may have changed its case. */
export function readRef(ref: string): ReadRef | undefined {
  const [, placement, media, second] = layout.exec(ref)?.map((part) => part.toLowerCase()) ?? []
  if (!placement || !media || !second) return undefined
  return {
    ...(placement !== noHash && { placementHash: placement }),
    ...(media !== noHash && { mediaHash: media }),
    ...(second !== noSecond && { second: parseInt(second, 36) }),
  }
}
