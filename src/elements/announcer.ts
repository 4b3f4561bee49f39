let region: HTMLElement | undefined

/** Says a sentence to screen readers. Live regions inside shadow roots are not announced: this one stands in the page. */
export function announce(sentence: string): void {
  if (!region?.isConnected) {
    region = document.createElement('div')
    region.setAttribute('role', 'status')
    Object.assign(region.style, { position: 'fixed', insetBlockStart: '0', inlineSize: '1px', blockSize: '1px', overflow: 'hidden', clipPath: 'inset(50%)' })
    document.body.append(region)
  }
  const said = region
  said.textContent = ''
  // A region that has just come, or says the same again, is only heard when the change comes later.
  setTimeout(() => (said.textContent = sentence), 100)
}
