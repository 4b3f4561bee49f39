import { pick, type Chance } from './mutate.ts'

export const themeSeeds = [
  '#fff', '#1c1b19', '#1c1b19ff', 'red', 'rebeccapurple', 'currentcolor', 'transparent', 'rgb(1 2 3)', 'rgba(1, 2, 3, 0.5)', 'hsl(120deg 10% 20%)', 'oklch(70% 0.1 200)', 'color(display-p3 1 0 0)', 'color-mix(in oklab, red 40%, #fff)', 'light-dark(#fff, #000)',
  '12px', '0', '0.5em', '1rem', '50%', '99999px', 'Inter', 'Inter, "PingFang SC", serif', "'Noto Sans'", '-apple-system, system-ui', '思源黑体',
  'var(--x)', 'env(safe-area-inset-top)', 'attr(title)', 'url(//x)', '\\75rl(//x)', 'u\\72l(//x)', 'image-set("x" 1x)', 'calc(1px + 1px)', 'red;color:blue', 'red}*{color:blue', 'red!important', 'inherit', 'initial', 'unset', 'revert', 'revert-layer', 'default', 'expression(1)', 'element(#a)', 'paint(x)', '1px solid', '<!--', '/**/', '@import "x"', '"a', "'",
]
const pieces = [';', '}', '{', ')', '(', '"', "'", '\\', '/*', '*/', '!important', ' ', ',', '\n', '\t', '\0', 'url(', 'var(--kanmai-text)', '--x:', ':', '@', '#', '%', 'px', 'rgb(', '0', '-', '\\75 ', '\u00a0', 'é', '😀', '<', '>']

export function generatedToken(chance: Chance): string {
  let value = pick(chance, themeSeeds)
  for (let left = Math.floor(chance() * 4); left > 0; left--) {
    const at = Math.floor(chance() * (value.length + 1))
    const kind = chance()
    if (kind < 0.5) value = value.slice(0, at) + pick(chance, pieces) + value.slice(at)
    else if (kind < 0.75) value = value.slice(0, at) + value.slice(at + 1)
    else value = value.slice(0, at) + pick(chance, themeSeeds)
  }
  return value
}
