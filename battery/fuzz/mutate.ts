/** A number of 0 ≤ n < 1, the same row for the same seed. */
export type Chance = () => number

/** Chance that can be repeated: mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let it = Math.imul(state ^ (state >>> 15), state | 1)
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61)
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <T>(chance: Chance, list: readonly T[]): T => list[Math.floor(chance() * list.length)]!

/** What parsers stumble over, besides what a format has of its own. */
export const nasty: readonly string[] = [
  '\0', '\ufeff', '\ufffd', '\ud800', '\u2028', '\r', '\n\n', '\t', '"', "'", '\\', '<', '>', '&', ';', ',', '{', '}', '[', ']', ':', '=', '/', '--',
  'null', 'NaN', '-0', '1e999', '-1', '99999999999999999999', '0x10', 'true', '__proto__', 'constructor', 'toString', 'javascript:alert(1)', 'data:text/html,x',
  '<script>', ']]>', '<![CDATA[', '<!--', '<!DOCTYPE x [<!ENTITY a "aaaa">]>', '&a;', '&#x0;', '&#99999999;', '%00', '\\u0000', '😀', 'ﷺ', 'İ', '١٢',
]

/** A text that was changed in one to six places. */
export function mutated(chance: Chance, seeds: readonly string[], words: readonly string[] = nasty, longest = 4000): string {
  let text = pick(chance, seeds)
  for (let left = 1 + Math.floor(chance() * 6); left > 0; left--) {
    const at = Math.floor(chance() * (text.length + 1))
    const end = Math.min(text.length, at + Math.floor(chance() ** 3 * text.length) + 1)
    const part = text.slice(at, end)
    const kind = Math.floor(chance() * 7)
    if (kind === 0) text = text.slice(0, at) + text.slice(end)
    else if (kind === 1) text = text.slice(0, at) + pick(chance, words) + text.slice(at)
    else if (kind === 2) text = text.slice(0, at) + pick(chance, words) + text.slice(end)
    else if (kind === 3) text = text.slice(0, at) + part.repeat(1 + Math.floor(chance() * 8)) + text.slice(end)
    else if (kind === 4) text = text.slice(0, at) + pick(chance, seeds).slice(Math.floor(chance() * 200))
    else if (kind === 5) text = text.slice(0, at) + String.fromCharCode(Math.floor(chance() * (chance() < 0.8 ? 128 : 65_536))) + text.slice(at + 1)
    else text = text.slice(0, at)
  }
  return text.slice(0, longest)
}

/** The smallest part of a failing text that still fails, by leaving out ever smaller pieces. */
export async function shrunk(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let kept = text
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const less = kept.slice(0, at) + kept.slice(at + size)
      if (await fails(less)) kept = less
      else at += size
    }
  }
  return kept
}
