import { broken, isFit, warn } from './page-fit.ts'

/** The version that a tag's class says it is of, so that two copies of the library on a page can be told apart. */
export const version = '0.1.0'

type Reaction = 'connectedCallback' | 'disconnectedCallback' | 'adoptedCallback' | 'attributeChangedCallback' | 'performUpdate'
type Element = HTMLElement & { hasUpdated?: boolean } & Partial<Record<Reaction, (...given: unknown[]) => unknown>>
const reactions: Reaction[] = ['connectedCallback', 'disconnectedCallback', 'adoptedCallback', 'attributeChangedCallback', 'performUpdate']

let told = false

/** Lets no exception of an element out into the page; one that cannot even begin shows what the page put into it. */
function contain(prototype: Element): void {
  for (const name of reactions) {
    const own = prototype[name]
    if (!own) continue
    const value = function (this: Element, ...given: unknown[]): unknown {
      try {
        return own.apply(this, given)
      } catch (error) {
        broken(error)
        if (!this.hasUpdated) this.shadowRoot?.replaceChildren(document.createElement('slot'))
      }
    }
    Object.defineProperty(prototype, name, { value })
  }
}

/** Registers a tag once, on a page that is fit for it. A second copy of Kanmai leaves the first one's tags as they are. */
export function defineElement(tag: string, element: CustomElementConstructor & { version?: string }): void {
  if (!isFit(version)) return
  const known = customElements.get(tag) as { version?: string } | undefined
  if (known) {
    if (!known.version && !told) warn(`<${tag}> is somebody else’s: rename it there`)
    told ||= !known.version
    return
  }
  try {
    contain(element.prototype as Element)
    customElements.define(tag, element)
  } catch (error) {
    broken(error)
  }
}
