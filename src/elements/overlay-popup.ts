import { besidePoint } from '../core/beside-point.ts'

const places = globalThis.CSS?.supports?.('position-area: right span-all') && CSS.supports('anchor-name: --a')

/**
 * Shows the card in the top layer. A popover stands beside `spot`: by the browser's own anchor positioning, elsewhere by
 * ours. A `<dialog>` is shown as modal at the side of the screen, for over a fullscreened film nothing else is hit. The
 * returned function takes it away.
 */
export function showPopup(card: HTMLElement, spot: HTMLElement): () => void {
  if ('showModal' in card) {
    const dialog = card as HTMLDialogElement
    dialog.showModal()
    return () => dialog.close()
  }
  card.showPopover?.()
  if (!places) place(card, spot)
  return () => {
    // Removed from the page it is hidden already, and browsers without popovers have none to hide.
    if (card.isConnected) card.hidePopover?.()
  }
}

function place(card: HTMLElement, spot: HTMLElement): void {
  const { style, ownerDocument } = card
  // Where the card begins by itself: not at the window's corner in a browser without a top layer, below what is transformed.
  style.inset = '0 auto auto 0'
  style.animation = 'none'
  const start = card.getBoundingClientRect()
  style.animation = ''
  const { clientWidth: width, clientHeight: height } = ownerDocument.documentElement
  const { x, y } = besidePoint(spot.getBoundingClientRect(), start, { width, height })
  style.inset = `${y - start.y}px auto auto ${x - start.x}px`
}
