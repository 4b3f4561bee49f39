import type { LitElement } from 'lit'

/**
 * Gives an element that the page carried into another document, or back, its styles there, and calls `dressed`. Offline by
 * then, it stands there plain.
 */
export function dressAnew(element: LitElement, dressed = (): void => {}): void {
  import('./overlay-document.ts').then(
    (it) => {
      it.settle(element)
      dressed()
    },
    () => {},
  )
}
