import { strictestMode, type ConsentAsked } from './consent.ts'

/**
 * Who decided what may be done: the reader, here; the reader's browser; the page's script tag; the publisher's config; the
 * reader by the page's consent platform, with a yes or a no; or nobody yet.
 */
export type ConsentReason = 'reader' | 'browser' | 'tag' | 'config' | 'agreed' | 'refused' | 'unasked'

export function consentReason(asked: ConsentAsked): ConsentReason {
  if (asked.objected) return 'reader'
  const mode = strictestMode(asked)
  if (asked.optOut && mode !== 'none') return 'browser'
  if (mode !== 'auto') return mode === asked.tag ? 'tag' : 'config'
  return asked.platform ? (asked.platform === 'granted' ? 'agreed' : 'refused') : 'unasked'
}
