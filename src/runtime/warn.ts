export type Warn = (issue: string) => void

/** One console line for every distinct issue. */
export function createWarn(): Warn {
  const said = new Set<string>()
  return (issue) => {
    if (said.has(issue)) return
    said.add(issue)
    console.warn(`[kanmai] ${issue}`)
  }
}
