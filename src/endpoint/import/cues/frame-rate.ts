/** Frames a second from a number or text, as in 25, `29.97` or `30000/1001`; undefined when it is none. */
export function readFrameRate(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const [top, bottom = '1', ...more] = String(value).trim().split('/')
  const rate = Number(top) / Number(bottom)
  if (more.length || !top || !(rate > 0 && rate <= 1000)) return undefined
  // 29.97 is said and 30000/1001 is meant: over an hour the two are 3.6 ms, over a day two frames apart.
  const whole = Math.round(rate * 1.001)
  return [24, 30, 48, 60, 120].includes(whole) && Math.abs(rate * 1.001 - whole) < 0.006 ? whole / 1.001 : rate
}
