import type { Cue, Media } from '../../../contract/cue.ts'
import type { Size } from '../../../core/picture-geometry.ts'
import type { SeenObject } from './seen-object.ts'

export const cueFormats = ['cvat', 'mot', 'coco-vid', 'label-studio', 'scaleflex', 'cloudinary', 'kanmai', 'vtt'] as const
export type CueFormat = (typeof cueFormats)[number]

export interface CueImportOptions {
  /** What the file is; seen from its text when absent. */
  format?: CueFormat | undefined
  /** Id of the media; of a file with several films the one of this name is read. */
  media?: string | undefined
  /** Frames a second; rules over what the file says. */
  fps?: number | undefined
  /** The frame in pixels; rules over what the file says. */
  size?: Size | undefined
  /** The item that one of the names means, the best name first (`#3` is the file's own number); when absent, the first name is the item's id. */
  itemOf?: ((names: readonly string[]) => string | undefined) | undefined
  /** How far a simplified track may be off, as a fraction of the picture; 0.005 when absent. */
  tolerance?: number | undefined
  /** Seconds for which an object may be hidden before it counts as gone, and its return as another cue; 0.5 when absent. */
  gap?: number | undefined
  /** Seconds below which a stay makes no cue; 0 when absent. */
  shortest?: number | undefined
}

export interface CueImport {
  format: CueFormat | 'unknown'
  media: Omit<Media, 'id'> & { id?: string | undefined }
  cues: Cue[]
  /** What was left out, where and how to mend it; the first 100. */
  issues: string[]
  stats: {
    keyframesIn: number
    keyframesOut: number
    /** How far, at worst, a track is from where the file has the object, as a fraction of the picture. */
    largestError: number
  }
}

/** What something of a file may be called, the best name first, and where it stands there. */
export interface Named {
  names: readonly string[]
  place: string
}

/** A cue as the file has it, before its item is known and anything is checked. */
export interface NamedCue extends Named {
  cue: Record<string, unknown>
}

/** What a reader found in a file. */
export interface Reading {
  media: { id?: string | undefined; title?: unknown; duration?: unknown; origin?: unknown; chapters?: unknown; quiet?: unknown }
  objects: SeenObject[]
  cues: NamedCue[]
}

/** Names one thing that was left out: where it stands, and what was wrong. */
export type Say = (place: string, issue: string) => void

/** Reads a whole file; throws an `UnreadableFile` when nothing of it can be used, and nothing else. */
export type CueReader = (text: string, options: CueImportOptions, say: Say) => Reading

/** Nothing of the file can be used; the message says why and how to mend it. */
export class UnreadableFile extends Error {}
