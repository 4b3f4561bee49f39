import type { Cue } from '../contract/cue.ts'
import { layMarkers, type Stage } from '../core/marker-layout.ts'
import type { Point } from '../core/picture-geometry.ts'
import type { Player } from '../core/player.ts'
import type { Span } from '../core/timeline.ts'
import { moves, pathOf, type Path } from '../core/track.ts'
import type { Marker } from './overlay-marker.ts'
import { createPlan } from './overlay-plan.ts'
import { translation } from './overlay-steps.ts'

// Milliseconds for which markers that move by plan are let be.
const rest = 100
// Of more markers than this at once none draws the eye to itself.
const many = 8

interface Route {
  path: Path | undefined
  /** Its place as its cue begins. */
  start: Point | undefined
  moving: boolean
}

/** Writes a class only where it is not as it was. */
function look(marker: Marker, name: 'shown' | 'flipped', on: boolean): void {
  const looks = (marker.looks ??= {})
  if (looks[name] !== on) marker.classList.toggle(name, (looks[name] = on))
}

const isLike = (a: Stage | undefined, b: Stage): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Puts an overlay's markers where their products are. */
export function createPlaces() {
  const plan = createPlan()
  const routes = new WeakMap<Cue, Route>()
  let markers: readonly Marker[] = []
  let shown: readonly (Span | undefined)[] = []
  let points: (Point | undefined)[] = []
  let placed: { stage?: Stage; at: number; markers: readonly Marker[]; shift: number } = { at: 0, markers, shift: 0 }

  const routeOf = (cue: Cue): Route => {
    let route = routes.get(cue)
    if (!route) {
      const path = pathOf(cue)
      routes.set(cue, (route = { path, start: path?.(cue.start), moving: moves(cue) }))
    }
    return route
  }
  const startOf = ({ cue }: Span): Point => routeOf(cue).start!
  const line = (span: Span): number => Math.round(startOf(span).y * 8)

  return {
    routeOf,
    stop: plan.stop,
    get markers() {
      return markers
    },
    /** Takes the markers as they stand in the document now, of so many that are due. Those of `early` spans are no part of the overlay yet. */
    take(standing: readonly Marker[], early: readonly (Span | undefined)[], due: number): void {
      const found = standing.filter(({ span }) => !early.includes(span))
      for (const marker of standing) {
        if (found.includes(marker)) {
          if (!marker.part.length) marker.setAttribute('part', 'marker')
          continue
        }
        marker.removeAttribute('part')
        look(marker, 'shown', false)
        marker.came = undefined
      }
      if (found.length === markers.length && found.every((marker, index) => marker === markers[index] && marker.span === shown[index])) return
      markers = found
      shown = found.map(({ span }) => span)
      plan.stop()
      for (const marker of markers) {
        if (marker.came) continue
        marker.came = Date.now()
        marker.classList.toggle('calm', due > many)
      }
    },
    /** Where a span's marker stands. */
    pointOf: (span: Span): Point | undefined => points[markers.findIndex((marker) => marker.span === span)],
    /** In order of time; what comes at once, as one reads: line by line. */
    inReadingOrder: (spans: readonly Span[]): readonly Span[] =>
      [...spans].sort((a, b) => a.start - b.start || line(a) - line(b) || startOf(a).x - startOf(b).x),
    /** Whether they move without being placed again with the next paint. */
    get planned() {
      return plan.runs && !plan.leads
    },
    /**
     * Places every marker for the paint at `paintAt`, when the media is at `second`; those that move, for the next seconds
     * too. Until the second `change` the markers will be the same.
     */
    place(stage: Stage, player: Player, second: number, paintAt: number, moving: boolean, refresh: number, change: number): void {
      const beat = moving ? player.beat() : undefined
      const fresh = markers !== placed.markers
      const own = player.secondAt(paintAt)
      // The media's seconds may be counted from elsewhere than the player's.
      const shift = second - own
      const like = isLike(placed.stage, stage) && Math.abs(shift - placed.shift) < 0.01
      const held = beat && like && plan.holds(markers, own, paintAt, beat, player.rate, change - shift)
      if (held && plan.runs && Math.abs(paintAt - placed.at) < rest) return
      placed = { stage, at: paintAt, markers, shift }
      // Where each marker belongs at a second of the media; undefined for what cannot be seen then.
      const pointsAt = (at: number) => layMarkers(markers.map(({ span }) => routeOf(span!.cue).path!(at)), stage)
      points = pointsAt(second)
      markers.forEach((marker, index) => {
        const point = points[index]
        look(marker, 'shown', !!point)
        if (point) look(marker, 'flipped', point.x > stage.visible.x + stage.visible.width * 0.6)
      })
      // Markers that have just come are planned with the next paint: to draw them is enough for one.
      if (!held && beat && !fresh) plan.start(markers, (at) => pointsAt(at + shift), paintAt, beat, player.rate, refresh, change - second)
      else if (!held) plan.stop()
      markers.forEach((marker, index) => {
        const point = points[index]
        if (point && !plan.moves(index)) marker.style.transform = translation(point)
      })
    },
  }
}
