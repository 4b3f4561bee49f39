/** What the rules need of the world; page/ fills it in a browser, tests fill it by hand. */

export interface Clock {
  /** Milliseconds since 1970, as the endpoint's clock has it when that is known. */
  now(): number
}

/** Random whole number, 0 ≤ n < `below`. */
export type Random = (below: number) => number
