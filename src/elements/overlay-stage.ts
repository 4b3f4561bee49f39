import type { Stage } from '../core/marker-layout.ts'
import { overlap, pictureRect, type Picture } from '../core/picture-geometry.ts'

/** What turns and scales an element on the screen, without what moves it. */
function bent(element: Element): DOMMatrix {
  let matrix = new DOMMatrix()
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const { transform, scale, rotate } = getComputedStyle(at)
    if (transform !== 'none') matrix = new DOMMatrix(transform).multiply(matrix)
    if (scale && scale !== 'none') {
      const [x = 1, y = x] = scale.split(' ').map(Number)
      matrix = new DOMMatrix().scale(x, y).multiply(matrix)
    }
    if (rotate && /^[\d.e+-]+deg$/.test(rotate)) matrix = new DOMMatrix().rotate(parseFloat(rotate)).multiply(matrix)
  }
  const zoom = (element as { currentCSSZoom?: number }).currentCSSZoom ?? 1
  return new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, 0, 0]).scale(zoom)
}

function parentOf(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null
}

/**
 * Lays `layer` over `box`. `frame` is the layer's containing block, a box without size: both live in the same tree, so
 * whatever scrolls or transforms both moves the layer with the film and nothing needs to be done. Without one the
 * layer is in the top layer, and the window is its frame.
 */
export function placeLayer(
  layer: HTMLElement,
  frame: HTMLElement | undefined,
  box: Element,
  picture: Picture,
): Pick<Stage, 'picture' | 'visible'> {
  const { width, height } = picture.box
  const rect = box.getBoundingClientRect()
  const corner = frame?.getBoundingClientRect() ?? { x: 0, y: 0 }
  const ofBox = bent(box)
  const toFrame = frame ? bent(frame).inverse() : new DOMMatrix()
  const matrix = toFrame.multiply(ofBox)
  // An affine map keeps the middle of a box in the middle of its bounds, whatever else it does to it.
  const middle = toFrame.transformPoint({ x: rect.x + rect.width / 2 - corner.x, y: rect.y + rect.height / 2 - corner.y })
  const own = matrix.transformPoint({ x: width / 2, y: height / 2 })
  const { style } = layer
  style.width = `${width}px`
  style.height = `${height}px`
  style.left = `${middle.x - own.x}px`
  style.top = `${middle.y - own.y}px`
  style.transform = matrix.isIdentity ? '' : `matrix(${[matrix.a, matrix.b, matrix.c, matrix.d, 0, 0].join()})`

  const drawn = pictureRect(picture)
  let visible = overlap(drawn, picture.content)
  const back = ofBox.inverse()
  const toLayer = (x: number, y: number): DOMPoint =>
    back.transformPoint({ x: x - rect.x - rect.width / 2, y: y - rect.y - rect.height / 2 })
  // What cuts the film but not this element must cut the markers too.
  for (let at = frame && parentOf(box); frame && at && !contains(at, frame); at = parentOf(at)) {
    if (getComputedStyle(at).overflow === 'visible') continue
    const cut = at.getBoundingClientRect()
    const a = toLayer(cut.left, cut.top)
    const b = toLayer(cut.right, cut.bottom)
    visible = overlap(visible, {
      x: Math.min(a.x, b.x) + width / 2,
      y: Math.min(a.y, b.y) + height / 2,
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    })
  }
  return { picture: drawn, visible }
}

/** Whether an element stands in another, across shadow roots. */
export function contains(outer: Element, inner: Element): boolean {
  for (let at: Element | null = inner; at; at = parentOf(at)) if (at === outer) return true
  return false
}
