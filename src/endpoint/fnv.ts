/** FNV-1a, started from a seed: a secret one leaves nobody outside to look for collisions. */
export function fnv(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
