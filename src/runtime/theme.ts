import type { BareConfig } from '../contract/bare-config.ts'
import { PageConfig, type Theme } from '../contract/page-config.ts'
import { read } from '../contract/read.ts'

/** What a token is used for, to ask the browser whether it knows its value. Colours are not named. */
const uses: Partial<Record<string, string>> = { font: 'font', radius: 'width', 'marker-size': 'width' }

/** The theme in a config, as far as it holds; `warn` hears what does not. */
export async function themeOf(config: BareConfig, warn: (issue: string) => void): Promise<Theme> {
  const whole = read(PageConfig, config)
  if (whole) return whole.theme ?? {}
  const { value, issues } = (await import('../contract/parse.ts')).parse(PageConfig, config)
  issues.forEach(warn)
  return value?.theme ?? {}
}

/** Gives the document the publisher's tokens, by a rule so weak that the page's own always win. Returns how to take them back. */
export function applyTheme(document: Document, theme: Theme): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(':where(:root){}')
  // Through the object model: a value cannot end its declaration there, and the page's policy does not mind.
  const { style } = sheet.cssRules[0] as CSSStyleRule
  for (const [token, value] of Object.entries(theme) as [string, string][]) {
    // With a value that this browser does not know the host page's own style would come in; the default is better.
    const use = uses[token] ?? 'color'
    if (CSS.supports(use, use === 'font' ? `1px ${value}` : value)) style.setProperty(`--kanmai-${token}`, value)
  }
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet)
  }
}
