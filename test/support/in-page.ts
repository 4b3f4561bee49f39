import type { Browser } from './browsers.ts'

/** Everything a page holds, through open shadow roots. */
const deep = `
  const deep = (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)]
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) found.push(...deep(selector, element.shadowRoot))
    return found
  }
  const shown = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && getComputedStyle(element).visibility !== 'hidden'
  }
  const centre = (element) => {
    const box = element.getBoundingClientRect()
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }`

/** Runs code in the page that has `deep`, `shown` and `centre` at hand, and returns what it returns. */
export async function inPage<T>(browser: Pick<Browser, 'evaluate'>, code: string): Promise<T> {
  return browser.evaluate((source: string) => new Function(`return (async () => { ${source} })()`)() as T, `${deep};${code}`)
}

/** Asks until the answer is there. The deadline is a test's own end, not an expectation of speed. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  let trouble: unknown
  for (let tries = 0; tries < 240; tries++) {
    const answer = await ask().catch((error: unknown) => void (trouble = error))
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 125))
  }
  throw new Error(`waited in vain for ${what}${trouble ? `: ${trouble}` : ''}`)
}
