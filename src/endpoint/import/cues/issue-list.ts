const most = 100

/** Sentences `place: issue`, the first hundred of them and how many more there were. */
export function createIssueList(): { say(place: string, issue: string): void; list(): string[] } {
  const issues: string[] = []
  let count = 0
  return {
    say(place, issue) {
      if (++count <= most) issues.push(`${place}: ${issue}`)
    },
    list: () => (count > most ? [...issues, `file: ${count - most} more like these`] : issues),
  }
}
