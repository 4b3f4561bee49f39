/** Seconds as a player writes them: `0:07`, `12:30`, `1:02:03`. */
export function clockTime(second: number): string {
  const whole = Math.max(0, Math.floor(second))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`
}
