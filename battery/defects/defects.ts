/** A way to break the product that somebody could take for an improvement. */
export interface Defect {
  /** What is wrong with it, in a few words. */
  name: string
  file: string
  /** Stands in the file exactly once. */
  from: string
  to: string
  /** The group that has to see it. */
  group: string
}

export const defects: readonly Defect[] = []
