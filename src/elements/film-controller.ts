import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Cue, Media } from '../contract/cue.ts'
import type { Item } from '../contract/item.ts'
import { asInCue } from '../core/as-in-cue.ts'
import { isOver } from '../core/is-over.ts'
import { liveSecond, playerSecond } from '../core/live-second.ts'
import type { Player, PlayerChange, SecondRange } from '../core/player.ts'
import { createTimeline, type Span, type Timeline } from '../core/timeline.ts'
import { attach } from '../player/attach.ts'
import { hasMore } from '../player/engine-of.ts'
import { AskController } from './ask-controller.ts'
import { KanmaiErrorEvent, type EventContext } from './events.ts'
import type { FilmStream } from './film-stream.ts'
import { broken } from './page-fit.ts'
import type { PageController } from './page-controller.ts'

/** What an element beside a film is given. */
export interface FilmElement extends ReactiveControllerHost, HTMLElement {
  for?: string
  media?: string
  placement?: string
  cues?: readonly Cue[]
  items?: readonly Item[]
  player?: Player<HTMLElement>
  stream?: object
}

const nothing: readonly never[] = []

/** Joins an element to its film: the player it names, the cues and items it was given or asks for, the second it is at. */
export class FilmController implements ReactiveController {
  player: Player<HTMLElement> | undefined
  timeline: Timeline = createTimeline(nothing)
  items: ReadonlyMap<string, Item> = new Map()

  private readonly host: FilmElement
  private readonly page: PageController
  private readonly changed: (change: PlayerChange) => void
  private readonly ask: AskController<'media'>
  private cues: readonly Cue[] = nothing
  private goods: readonly Item[] = nothing
  private fresh = false
  private readonly named = new Set<string>()
  private attached: unknown
  private root: Node | undefined
  private detach: (() => void) | undefined
  private unfollow: (() => void) | undefined
  private stream: FilmStream | undefined
  private unread: (() => void) | undefined

  constructor(host: FilmElement, page: PageController, changed: (change: PlayerChange) => void) {
    this.host = host
    this.page = page
    this.changed = changed
    this.ask = new AskController<'media'>(host, () =>
      host.media && !(host.cues && host.items) ? { kind: 'media', media: host.media } : undefined,
    )
    host.addController(this)
  }

  /** The film as its endpoint describes it. */
  get about(): Media | undefined {
    return this.ask.value?.media
  }

  /** Whether cues or items are still to come. */
  get waiting(): boolean {
    return this.ask.answer?.state === 'waiting'
  }

  /** Whether the media is a live room that goes on; one that is over is watched like a film. */
  get live(): boolean {
    return this.origin !== undefined && !this.over
  }

  /** Second of the media: of the frame that a paint at `paintAt` will stand on, or by the player's word. */
  second(paintAt?: number): number {
    const { player, origin, host } = this
    // Another window counts its milliseconds from elsewhere, so that there the player's own word must do.
    const own = !player ? 0 : paintAt === undefined || host.ownerDocument !== document ? player.second() : player.secondAt(paintAt)
    return origin === undefined ? own : liveSecond(origin, own, player?.startedAt(own), this.page.now())
  }

  /** The moment at which a second of a live media was; undefined for a film, and for a room that is over. */
  moment(second: number): Date | undefined {
    return this.live ? new Date(this.origin! + second * 1000) : undefined
  }

  get canSeek(): boolean {
    return !!this.player && (this.origin === undefined || this.player.startedAt() !== undefined)
  }

  /** Moves the player to a second of the media. */
  seek(second: number): void {
    const { player, origin } = this
    const to = player && origin !== undefined ? playerSecond(origin, second, (it) => player.startedAt(it)) : second
    if (to !== undefined) player?.seek(to)
  }

  /** The seconds of the media that can be gone to: all of a film, of a live room what the player still holds. */
  range(): SecondRange | undefined {
    const { player, origin } = this
    const held = player?.range?.()
    if (origin !== undefined) {
      const [from, to] = [player?.startedAt(held?.start), player?.startedAt(held?.end)]
      if (!held || from === undefined || to === undefined) return undefined
      return { start: held.start + (from - origin) / 1000, end: held.end + (to - origin) / 1000 }
    }
    if (player?.duration === Infinity && held) return held
    const duration = [player?.duration, this.about?.duration].find((it) => it! > 0 && it! < Infinity)
    return duration ? { start: 0, end: duration } : undefined
  }

  /** What an event about a span says of where it happened; the second is that of the asking. */
  contextOf({ cue }: Span): EventContext {
    const { media, placement } = this.host
    const second = (): number => Math.max(0, this.second())
    return {
      item: cue.item,
      media,
      placement,
      cue: cue.id,
      get second() {
        return second()
      },
    }
  }

  /** The item that a span shows, once it is known, as its cue tells of it. */
  itemOf({ cue }: Span): Item | undefined {
    const item = this.items.get(cue.item)
    return item && asInCue(cue, item)
  }

  hostConnected(): void {
    this.host.requestUpdate()
  }

  hostUpdate(): void {
    this.join()
    const { value } = this.ask
    const sheet = { items: this.host.items ?? value?.items ?? nothing, cues: this.host.cues ?? value?.cues ?? nothing }
    const { items, cues } = this.stream?.join(sheet, this.origin) ?? sheet
    this.fresh ||= items !== this.goods || cues !== this.cues
    if (items !== this.goods) {
      this.goods = items
      this.items = new Map(items.map((item) => [item.id, item]))
    }
    if (cues !== this.cues) {
      this.cues = cues
      this.timeline = createTimeline(cues)
    }
  }

  hostUpdated(): void {
    if (!this.fresh) return
    this.fresh = false
    ;[...this.timeline.issues, ...(this.stream?.issues ?? nothing)].forEach((issue) => this.report(issue))
    if (!this.items.size) return
    for (const { cue } of this.timeline.spans) {
      if (!this.items.has(cue.item) && !this.stream?.waits(cue.item)) this.report(`cue ${cue.id}: expected the item ${cue.item} among the media’s items`)
    }
  }

  hostDisconnected(): void {
    // An element that is moved is there again at once, and goes on with its film.
    queueMicrotask(() => this.host.isConnected || this.part())
  }

  private part(): void {
    this.detach?.()
    this.leave()
    this.detach = this.player = this.attached = this.root = undefined
  }

  private get over(): boolean {
    return isOver(this.about ?? {}, this.page.now())
  }

  /** The moment that the media's seconds count from. A recording without dates begins with its room: its seconds are the player's. */
  private get origin(): number | undefined {
    const { origin } = this.about ?? {}
    if (origin === undefined || (this.over && this.player?.startedAt() === undefined)) return undefined
    return Date.parse(origin)
  }

  private join(): void {
    const { for: name, player } = this.host
    const wanted = player ?? name
    const root = this.host.getRootNode()
    // Elsewhere the same name may be another's.
    if ((wanted === this.attached && root === this.root) || !this.host.isConnected) return
    this.part()
    this.attached = wanted
    this.root = root
    if (player) this.meet(player)
    else if (name) this.detach = attach(this.host, name, (found) => this.meet(found))
  }

  private meet(player: Player<HTMLElement> | undefined): void {
    this.leave()
    this.player = player
    if (player?.issue) this.report(player.issue)
    this.unfollow = player?.follow((change) => {
      if (change !== 'frame') this.readStream()
      this.changed(change)
    })
    this.readStream()
    this.host.requestUpdate()
    this.changed('picture')
  }

  private leave(): void {
    this.unfollow?.()
    this.unread?.()
    this.unfollow = this.unread = undefined
  }

  /** What reads streams is loaded when there is one to read. */
  private readStream(): void {
    const { player, host } = this
    if (this.unread || !player || !(host.stream || hasMore(player.box))) return
    let stopped = false
    this.unread = () => {
      stopped = true
      this.stream?.stop()
      this.stream = undefined
    }
    const changed = (): void => {
      this.fresh = true
      host.requestUpdate()
    }
    import('./film-stream.ts').then(
      ({ openFilmStream }) => {
        if (stopped) return
        this.stream = openFilmStream(host, player, () => this.page.now(), changed)
        changed()
      },
      // Without it the film goes on, and its cues come from the sheet alone.
      () => {},
    ).catch(broken)
  }

  /** Tells the developer what was left out, each thing once. */
  report(issue: string): void {
    if (this.named.has(issue)) return
    this.named.add(issue)
    this.host.dispatchEvent(new KanmaiErrorEvent({ media: this.host.media }, issue))
  }
}
