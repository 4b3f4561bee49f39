/** 0 before `from`, 1 after `to`, and a smooth start and stop between them. */
export function ease(t, from, to) {
  const u = Math.min(Math.max((t - from) / (to - from), 0), 1)
  return u * u * u * (u * (u * 6 - 15) + 10)
}

export const mix = (a, b, u) => (Array.isArray(a) ? a.map((value, i) => value + (b[i] - value) * u) : a + (b - a) * u)
