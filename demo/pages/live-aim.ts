import type { Spot } from './live-table.ts'

const step = 0.05
const within = (value: number) => Math.min(0.95, Math.max(0.05, Math.round(value * 1000) / 1000))

/** Lets the host point at a place on the picture, by pointer or arrow keys. Returns the place that is aimed at. */
export function openAim(pad: HTMLElement): () => Spot {
  let spot: Spot = { x: 0.5, y: 0.5 }

  function aim({ x, y }: Spot): void {
    spot = { x: within(x), y: within(y) }
    pad.style.setProperty('--x', `${spot.x * 100}%`)
    pad.style.setProperty('--y', `${spot.y * 100}%`)
    const words = `${Math.round(spot.x * 100)} % from the left, ${Math.round(spot.y * 100)} % from the top`
    pad.setAttribute('aria-label', `Place of the next pin: ${words}. Arrow keys move it.`)
  }

  pad.addEventListener('click', ({ clientX, clientY, detail }) => {
    // Pressed by a key, it has no place.
    if (!detail) return
    const { x, y, width, height } = pad.getBoundingClientRect()
    aim({ x: (clientX - x) / width, y: (clientY - y) / height })
  })
  pad.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!way) return
    event.preventDefault()
    aim({ x: spot.x + way[0]! * step, y: spot.y + way[1]! * step })
  })
  aim(spot)
  return () => spot
}
