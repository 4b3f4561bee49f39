const places = globalThis.CSS?.supports?.('position-area: right span-all') && CSS.supports('anchor-name: --a')

/**
 * Shows the card in the top layer. A popover stands beside `spot`: by the browser's own anchor positioning, elsewhere by
 * floating-ui, which is loaded then. A `<dialog>` is shown as modal at the side of the screen, for over a fullscreened
 * film nothing else is hit. The returned function takes it away.
 */
export function showPopup(card: HTMLElement, spot: HTMLElement): () => void {
  if ('showModal' in card) {
    const dialog = card as HTMLDialogElement
    dialog.showModal()
    return () => dialog.close()
  }
  card.showPopover?.()
  let gone = false
  if (!places) void place().catch(() => {}) // Offline by now: it stands in the middle, as the styles have it.
  return () => {
    gone = true
    // Removed from the page it is hidden already, and browsers without popovers have none to hide.
    if (card.isConnected) card.hidePopover?.()
  }

  async function place(): Promise<void> {
    const { computePosition, flip, offset, shift } = await import('@floating-ui/dom')
    if (gone) return
    const { x, y } = await computePosition(spot, card, {
      strategy: 'fixed',
      placement: 'right',
      middleware: [offset(26), flip({ fallbackPlacements: ['left', 'top', 'bottom'], padding: 8 }), shift({ padding: 8, crossAxis: true })],
    })
    card.style.inset = `${y}px auto auto ${x}px`
  }
}
