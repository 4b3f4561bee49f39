/**
 * Groups neighbours, so that the first of each group stands at least `least` after the first of the one before: then there
 * is room to press every group. `sorted` is in ascending order of `place`.
 */
export function nearGroups<T>(sorted: readonly T[], place: (it: T) => number, least: number): T[][] {
  const groups: T[][] = []
  for (const it of sorted) {
    const group = groups.at(-1)
    if (group && place(it) - place(group[0]!) < least) group.push(it)
    else groups.push([it])
  }
  return groups
}
