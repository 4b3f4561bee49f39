const pauseMs = 10_000
const mostLines = 100

/** Says a line that repeats once in ten seconds, and then how often it came meanwhile: a failing store would fill the log. */
export function calmLog(log: (line: string) => void, now: () => number): (line: string) => void {
  const said = new Map<string, { at: number; more: number }>()
  return (line) => {
    const known = said.get(line)
    if (known && now() - known.at < pauseMs) {
      known.more++
      return
    }
    said.delete(line)
    said.set(line, { at: now(), more: 0 })
    if (said.size > mostLines) said.delete(said.keys().next().value!)
    log(known?.more ? `${line} (and ${known.more} times more before)` : line)
  }
}
