// The page of bench/overlay-cost.ts: one film with a hundred cues of which twenty move at once, by our overlay or by a plain loop.
import '../../src/elements/kanmai-overlay.ts'
import type { Cue } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import { createTimeline } from '../../src/core/timeline.ts'

const seconds = 25.6
const moving = 20
const keyframesOf = (index: number, start: number, end: number) =>
  Array.from({ length: 20 }, (_, n) => ({
    t: start + ((end - start) * n) / 19,
    x: 0.1 + 0.8 * Math.abs(((n * 0.13 + index * 0.37) % 2) - 1),
    y: 0.15 + 0.6 * Math.abs(((n * 0.09 + index * 0.23) % 2) - 1),
  }))

const items: Item[] = Array.from({ length: 100 }, (_, index) => ({ id: `item-${index}`, title: `Product ${index}`, url: `https://shop.example/${index}` }))
/** Five sets of twenty, one after the other. */
const cues: Cue[] = items.map((item, index) => {
  const set = Math.floor(index / moving)
  const start = (set * seconds) / 5
  const end = start + seconds / 5
  return { id: `cue-${index}`, item: item.id, start, end, track: { interpolation: 'linear', keyframes: keyframesOf(index, start, end) } }
})

const video = document.querySelector('video')!

function ours(): () => void {
  const overlay = document.createElement('kanmai-overlay')
  Object.assign(overlay, { for: 'film', items, cues })
  document.body.append(overlay)
  return () => overlay.remove()
}

/** What is written by hand first: at every frame each marker of the second is found and its left and top are set. */
function plain(): () => void {
  const layer = document.createElement('div')
  layer.style.cssText = `position:absolute;left:0;top:0;width:${video.clientWidth}px;height:${video.clientHeight}px;pointer-events:none`
  const markers = Array.from({ length: moving }, () => {
    const marker = document.createElement('button')
    marker.style.cssText = 'position:absolute;width:28px;height:28px;margin:-14px;border:0;border-radius:50%;background:#fff'
    layer.append(marker)
    return marker
  })
  document.body.append(layer)
  const { width, height } = { width: video.clientWidth, height: video.clientHeight }
  let request = 0
  const draw = (): void => {
    const second = video.currentTime
    const active = cues.filter(({ start, end }) => start <= second && second < end!)
    active.forEach(({ track }, index) => {
      const frames = track!.keyframes
      const next = Math.max(1, frames.findIndex(({ t }) => t > second))
      const [a, b] = [frames[next - 1]!, frames[next]!]
      const part = Math.min(1, Math.max(0, (second - a.t) / (b.t - a.t)))
      markers[index]!.style.left = `${(a.x + (b.x - a.x) * part) * width}px`
      markers[index]!.style.top = `${(a.y + (b.y - a.y) * part) * height}px`
    })
    request = requestAnimationFrame(draw)
  }
  draw()
  return () => {
    cancelAnimationFrame(request)
    layer.remove()
  }
}

const ways = { ours, plain, nothing: () => () => {} }
let stop = (): void => {}
let longest = 0
let long = 0
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    long++
    longest = Math.max(longest, duration)
  }
}).observe({ entryTypes: ['longtask'] })

Object.assign(window, {
  benchCost: {
    async begin(way: keyof typeof ways) {
      stop()
      await video.play()
      stop = ways[way]()
    },
    /** Starts counting long tasks anew, and says what they were. */
    longTasks() {
      const was = { long, longest }
      long = longest = 0
      return was
    },
    second: () => video.currentTime,
    shown: () => document.querySelector('kanmai-overlay')?.shadowRoot?.querySelectorAll('.marker').length ?? 0,
    /** Microseconds to find the active of so many cues at a second that was not asked before. */
    find(count: number) {
      const timeline = createTimeline(
        Array.from({ length: count }, (_, index): Cue => ({ id: `c${index}`, item: 'x', start: index * 0.5, end: index * 0.5 + (index % 50 ? 3 : 600) })),
      )
      let found = 0
      const asked = 20_000
      const began = performance.now()
      for (let n = 0; n < asked; n++) found += timeline.active(((n * 7919.31) % (count * 0.5))).length
      return { each: ((performance.now() - began) / asked) * 1000, found: found / asked }
    },
  },
})
