import type { Media } from '../../contract/cue.ts'
import type { Finding } from './check-sheet.ts'

/** A cue on the sheet. */
export interface SheetCue {
  id: string
  item: string
  title: string
  price?: string | undefined
  start: number
  /** Undefined when it is open. */
  end?: number | undefined
  /** The second that the still shows. */
  second: number
  /** Where the marker is then, in fractions of the picture. */
  at?: { x: number; y: number } | undefined
  /** Path of the still, relative to the sheet. */
  still?: string | undefined
}

/** What `kanmai contact-sheet` found and made: the report, and all that the page shows. */
export interface ContactSheet {
  media: Media
  publisher: string
  film?: { file: string; width: number; height: number; fps: number; duration?: number | undefined } | undefined
  /** How the stills were made: by the elements in a browser, as bare frames, or not at all. */
  stills: 'rendered' | 'frames' | 'none'
  cues: SheetCue[]
  findings: Finding[]
  errors: number
  warnings: number
}
