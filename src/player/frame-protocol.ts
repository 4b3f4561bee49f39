/** What a message of a player in a frame says; whatever it does not say is unchanged. */
export interface FrameNews {
  /** It answers, so that it need not be called any more. */
  ready?: boolean
  second?: number
  duration?: number
  rate?: number
  playing?: boolean
  ended?: boolean
  /** Size of the film's picture. */
  width?: number
  height?: number
}

/** How a player in a frame is spoken with. */
export interface FrameProtocol {
  policy: 'overlay' | 'rail'
  /** Sent until the player answers. */
  hello: readonly unknown[]
  /** Sent once it has answered. */
  listen: readonly unknown[]
  read(message: unknown): FrameNews
  seek(second: number): unknown
  play: unknown
  pause: unknown
  /** What the address of the frame lacks. */
  lacks(address: URL): string | undefined
}

export type Fields = Readonly<Record<string, unknown>>

/** The fields of a message, which players send as text or as it is. */
export function fieldsOf(message: unknown): Fields {
  let it = message
  if (typeof it === 'string') {
    try {
      it = JSON.parse(it)
    } catch {
      return {}
    }
  }
  return typeof it === 'object' && it !== null ? (it as Fields) : {}
}

/** The fields that are numbers of 0 or more, each under our name. */
export function numbersOf(fields: Fields, names: Readonly<Record<string, 'second' | 'duration' | 'rate' | 'width' | 'height'>>): FrameNews {
  const news: FrameNews = {}
  for (const [theirs, ours] of Object.entries(names)) {
    const value = fields[theirs]
    if (typeof value === 'number' && value >= 0 && value < Infinity) news[ours] = value
  }
  return news
}
