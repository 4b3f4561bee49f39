const places = globalThis.CSS?.supports?.('position-area: right span-all') && CSS.supports('anchor-name: --a')

/**
 * Shows the card in the top layer beside `spot`: by the browser's own anchor positioning, elsewhere by floating-ui, which
 * is loaded then. As a modal dialog it takes the side of the screen, for a fullscreened film lets nothing else be hit.
 * The returned function takes it away.
 */
export function showCard(card: HTMLDialogElement, spot: HTMLElement, modal: boolean): () => void {
  if (modal) {
    card.removeAttribute('popover')
    card.showModal()
    return () => card.close()
  }
  card.setAttribute('popover', 'manual')
  card.showPopover?.()
  let gone = false
  if (!places) void place()
  return () => {
    gone = true
    if (card.matches?.(':popover-open')) card.hidePopover()
  }

  async function place(): Promise<void> {
    const { computePosition, flip, offset, shift } = await import('@floating-ui/dom')
    if (gone) return
    const { x, y } = await computePosition(spot, card, {
      strategy: 'fixed',
      placement: 'right',
      middleware: [offset(26), flip({ fallbackPlacements: ['left', 'top', 'bottom'], padding: 8 }), shift({ padding: 8, crossAxis: true })],
    })
    card.style.left = `${x}px`
    card.style.top = `${y}px`
  }
}
