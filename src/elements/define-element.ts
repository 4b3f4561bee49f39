/** The version that a tag's class says it is of, so that two copies of the library on a page can be told apart. */
export const version = '0.1.0'

/** Registers a tag once. A page with a second copy of Kanmai keeps the first, and hears about it when the versions differ. */
export function defineElement(tag: string, element: CustomElementConstructor & { version?: string }): void {
  const known = customElements.get(tag) as { version?: string } | undefined
  if (!known) return customElements.define(tag, element)
  if (known !== element && known.version !== element.version) {
    console.warn(
      `<${tag}> is already defined${known.version ? ` by Kanmai ${known.version}` : ''}, so that of Kanmai ${element.version} is left out. Load one copy on this page.`,
    )
  }
}
