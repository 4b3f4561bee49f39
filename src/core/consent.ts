import type { ConsentMode } from '../contract/page-config.ts'

/** What may be done: all, only what stores nothing, or nothing. */
export type Consent = 'granted' | 'essential' | 'none'

/** What a consent platform says, once it has been answered. */
export type PlatformSays = 'granted' | 'denied'

export interface ConsentAsked {
  /** What the tag says; it asks the platform when it says nothing. */
  tag?: ConsentMode | undefined
  /** What the page config says; it leaves it to the tag when it says nothing. */
  config?: ConsentMode | undefined
  platform?: PlatformSays | undefined
  /** The reader's browser opts out for them (Global Privacy Control): at most essential. */
  optOut?: boolean | undefined
  /** The reader has said here that they do not want to be counted. */
  objected?: boolean | undefined
}

export interface ConsentDecision {
  consent: Consent
  /** False while a platform may still grant more: what was kept under an earlier grant waits, and is not yet destroyed. */
  settled: boolean
}

const fromLooseToStrict: ConsentMode[] = ['granted', 'auto', 'essential', 'none']

type Said = Pick<ConsentAsked, 'tag' | 'config'>

const rank = (mode: ConsentMode): number => fromLooseToStrict.indexOf(mode)

/** Of tag and page config the stricter. */
export const strictestMode = ({ tag = 'auto', config = 'granted' }: Said): ConsentMode => (rank(tag) > rank(config) ? tag : config)

/** Whether a consent platform has anything to say. */
export const asksPlatform = (said: Said): boolean => strictestMode(said) === 'auto'

/** Of tag and page config the stricter wins; `auto` is what the platform says, and essential without one. The reader's own word outweighs all. */
export function decideConsent({ tag, config, platform, optOut, objected }: ConsentAsked): ConsentDecision {
  const mode = strictestMode({ tag, config })
  if (objected || mode === 'none') return { consent: 'none', settled: true }
  if (optOut || mode === 'essential') return { consent: 'essential', settled: true }
  if (mode === 'auto' && platform !== 'granted') return { consent: 'essential', settled: platform === 'denied' }
  return { consent: 'granted', settled: true }
}
