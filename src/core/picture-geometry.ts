export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

export interface Rect extends Point, Size {}

/** A picture drawn into a box, in the box's own CSS pixels before any transform; the origin is its border box's corner. */
export interface Picture {
  /** Border box. */
  box: Size
  /** Content box: what padding and border leave. */
  content: Rect
  /** The picture's own size in its pixels. */
  natural: Size
  /** `object-fit` and `object-position`, as written or computed. */
  fit: string
  position: string
}

const edges: Record<string, number> = { left: 0, top: 0, center: 50, right: 100, bottom: 100 }

/** Pixels that one `<position>` value leaves before the picture; sums as in `calc(100% - 10px)` are understood. */
function offset(value: string, free: number): number {
  const edge = edges[value]
  if (edge !== undefined) return (free * edge) / 100
  let sum = 0
  for (const [, sign, amount, unit] of value.matchAll(/([+-]?)\s*(\d*\.?\d+(?:e[+-]?\d+)?)(%|px)/g)) {
    const length = unit === '%' ? (Number(amount) * free) / 100 : Number(amount)
    sum += sign === '-' ? -length : length
  }
  return sum
}

/** The two offsets of an `object-position` in which an edge may be named first: `right 10px top 20%`, `bottom`. */
function offsets(position: string, freeX: number, freeY: number): Point {
  const words = position.trim().match(/calc\(.*?\)|[^\s]+/g) ?? []
  if (words.length > 2) {
    const at = { x: freeX / 2, y: freeY / 2 }
    words.forEach((word, index) => {
      if (!(word in edges) || word === 'center') return
      const axis = word === 'left' || word === 'right' ? 'x' : 'y'
      const free = axis === 'x' ? freeX : freeY
      const next = words[index + 1]
      const inset = next && !(next in edges) ? offset(next, free) : 0
      at[axis] = edges[word] === 100 ? free - inset : inset
    })
    return at
  }
  const [first = 'center', second = 'center'] = words
  const swapped = /^(top|bottom)$/.test(first) || /^(left|right)$/.test(second)
  return { x: offset(swapped ? second : first, freeX), y: offset(swapped ? first : second, freeY) }
}

/** Where the whole picture lies, including what `cover` or `none` push out of the content box. */
export function pictureRect({ content, natural, fit, position }: Picture): Rect {
  let { width, height } = content
  if (fit !== 'fill' && natural.width > 0 && natural.height > 0) {
    const across = content.width / natural.width
    const down = content.height / natural.height
    const contain = Math.min(across, down)
    const scale =
      fit === 'cover' ? Math.max(across, down) : fit === 'none' ? 1 : fit === 'scale-down' ? Math.min(1, contain) : contain
    width = natural.width * scale
    height = natural.height * scale
  }
  const { x, y } = offsets(position, content.width - width, content.height - height)
  return { x: content.x + x, y: content.y + y, width, height }
}

/** Point of the box at which a fraction of the picture is drawn. */
export function pointOn(rect: Rect, at: Point): Point {
  return { x: rect.x + at.x * rect.width, y: rect.y + at.y * rect.height }
}

/** The part of two rectangles that both cover; its sizes are 0 when there is none. */
export function overlap(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  }
}

/** Whether the point lies in the rectangle, its edges included; a hundredth of a pixel is forgiven. */
export function within(rect: Rect, { x, y }: Point): boolean {
  const grain = 0.01
  return x >= rect.x - grain && y >= rect.y - grain && x <= rect.x + rect.width + grain && y <= rect.y + rect.height + grain
}
