/** Calls back once for every Kanmai tag name on the page, now and later, that nothing is registered for. Returns what stops it. */
export function watchTags(document: Document, found: (tag: string) => void): () => void {
  const seen = new Set<string>()
  const look = (element: Element) => {
    const tag = element.localName
    if (!tag.startsWith('kanmai-') || seen.has(tag) || customElements.get(tag)) return
    seen.add(tag)
    found(tag)
  }
  const scan = (root: ParentNode) => root.querySelectorAll(':not(:defined)').forEach(look)
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue
        look(node as Element)
        scan(node as Element)
      }
    }
  })
  observer.observe(document, { childList: true, subtree: true })
  scan(document)
  return () => observer.disconnect()
}
