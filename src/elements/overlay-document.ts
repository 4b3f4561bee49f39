import type { LitElement } from 'lit'
import { cardDetailsStyles } from './card-details.styles.ts'
import { KanmaiReadyEvent } from './events.ts'
import { KanmaiRequestEvent } from './wish.ts'

/**
 * A page may carry its film, and us in it, into another document: that of a picture-in-picture window. There the sheets
 * that we adopted are dropped and ours refused, and nobody answers or counts what we say.
 */
export function settle(element: LitElement): void {
  const { ownerDocument } = element
  if (ownerDocument === document) return dress(element)
  connect(ownerDocument)
  const card = customElements.get('kanmai-card') as typeof LitElement | undefined
  if (card) prepare(card)
  dress(element)
  // What was asked while nobody heard is asked again.
  document.dispatchEvent(new KanmaiReadyEvent())
}

const stylesOf = (styles: typeof LitElement.elementStyles = []): CSSStyleSheet[] =>
  styles.flatMap((it) => (it instanceof CSSStyleSheet ? it : (it.styleSheet ?? [])))

/** Gives an element, and all of ours in it, their styles in the document where they are. */
function dress(element: Element): void {
  const root = element.shadowRoot
  if (!root) return
  const sheets = stylesOf((element.constructor as typeof LitElement).elementStyles)
  root.adoptedStyleSheets = element.ownerDocument === document ? sheets : copied(sheets, element.ownerDocument)
  for (const inner of root.querySelectorAll('*')) dress(inner)
}

const copies = new WeakMap<Document, Map<CSSStyleSheet, CSSStyleSheet>>()

/** A document takes no sheets but those that its own window made; a `<style>` its policy may refuse. */
function copied(sheets: readonly CSSStyleSheet[], page: Document): CSSStyleSheet[] {
  const view = page.defaultView as (Window & typeof globalThis) | null
  if (!view) return []
  const known = copies.get(page) ?? new Map<CSSStyleSheet, CSSStyleSheet>()
  copies.set(page, known)
  return sheets.map((sheet) => {
    const copy = known.get(sheet) ?? new view.CSSStyleSheet()
    if (!known.has(sheet)) copy.replaceSync([...sheet.cssRules].map(({ cssText }) => cssText).join('\n'))
    known.set(sheet, copy)
    return copy
  })
}

interface Rooted {
  createRenderRoot(): HTMLElement | DocumentFragment
}
const prepared = new WeakSet<object>()

/** Elements made from now on in another document get their styles there from the start. */
function prepare({ prototype, elementStyles }: typeof LitElement): void {
  if (prepared.has(prototype)) return
  if (!elementStyles.includes(cardDetailsStyles)) elementStyles.push(cardDetailsStyles)
  prepared.add(prototype)
  const rooted = prototype as unknown as Rooted
  const { createRenderRoot } = rooted
  rooted.createRenderRoot = function (this: LitElement & Rooted) {
    if (this.ownerDocument === document) return createRenderRoot.call(this)
    const maker = this.constructor as typeof LitElement
    const { elementStyles } = maker
    maker.elementStyles = []
    try {
      const root = createRenderRoot.call(this)
      ;(root as ShadowRoot).adoptedStyleSheets = copied(stylesOf(elementStyles), this.ownerDocument)
      return root
    } finally {
      maker.elementStyles = elementStyles
    }
  }
}

const connected = new WeakSet<Document>()
const types = ['select', 'impression', 'open', 'close', 'claim', 'copy', 'save', 'share', 'error', 'intent'].map((it) => `kanmai-${it}`)

/** Carries what our elements ask and say there to the page that they came from, and its answers back. */
function connect(page: Document): void {
  if (connected.has(page)) return
  connected.add(page)
  page.addEventListener(KanmaiRequestEvent.type, (event) => {
    const request = event as KanmaiRequestEvent
    const copy = new KanmaiRequestEvent(request.wish)
    document.dispatchEvent(copy)
    if (copy.answer) request.answer = copy.answer
  })
  for (const type of types) {
    page.addEventListener(type, (event) => {
      const { isTrusted: _, ...said } = event as Event & { ref?: string }
      const copy = new Event(type, { bubbles: true, composed: true, cancelable: event.cancelable }) as Event & { ref?: string }
      Object.assign(copy, said)
      document.dispatchEvent(copy)
      if (copy.ref !== undefined) Object.assign(event, { ref: copy.ref })
      if (copy.defaultPrevented) event.preventDefault()
    })
  }
}
