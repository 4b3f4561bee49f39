import type { PageConfig } from '../contract/page-config.ts'

/** Gives the document the publisher's tokens, by a rule so weak that the page's own always win. Returns how to take them back. */
export function applyTheme(document: Document, theme: NonNullable<PageConfig['theme']>): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(':where(:root){}')
  // Through the object model: a value cannot end its declaration there, and the page's policy does not mind.
  const { style } = sheet.cssRules[0] as CSSStyleRule
  for (const [token, value] of Object.entries(theme)) style.setProperty(`--kanmai-${token}`, value)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet)
  }
}
