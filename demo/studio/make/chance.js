/** A repeatable stream of numbers in 0..1: the same picture every time it is rendered. */
export function chance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The i-th point of a Halton sequence: covers an area evenly with few samples. */
export function halton(index, base) {
  let [fraction, result] = [1, 0]
  for (let i = index + 1; i > 0; i = Math.floor(i / base)) {
    fraction /= base
    result += fraction * (i % base)
  }
  return result
}
