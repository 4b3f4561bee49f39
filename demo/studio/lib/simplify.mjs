/** Ramer–Douglas–Peucker over time: keeps the points without which a linear path would be off by more than `tolerance`. */
export function simplify(path, tolerance) {
  if (path.length < 3) return path
  const [first, last] = [path[0], path.at(-1)]
  let worst = 0
  let split = 0
  for (let i = 1; i < path.length - 1; i++) {
    const share = (path[i][0] - first[0]) / (last[0] - first[0])
    for (let k = 1; k < first.length; k++) {
      const off = Math.abs(path[i][k] - (first[k] + (last[k] - first[k]) * share))
      if (off > worst) [worst, split] = [off, i]
    }
  }
  if (worst <= tolerance) return [first, last]
  return [...simplify(path.slice(0, split + 1), tolerance).slice(0, -1), ...simplify(path.slice(split), tolerance)]
}
