import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { contains } from './overlay-stage.ts'

type Film = HTMLElement & { webkitDisplayingFullscreen?: boolean }

/** Screens on which the browser plays a film by itself, without the page. */
const events = ['webkitbeginfullscreen', 'webkitendfullscreen', 'enterpictureinpicture', 'leavepictureinpicture']

/** Notices when the film is watched where its list is not: a phone's own player, picture-in-picture, somebody else's fullscreen. */
export class AwayController implements ReactiveController {
  /** Items that were shown while the viewer was away, the last time that they were. */
  readonly seen = new Set<string>()
  away = false

  private readonly host: ReactiveControllerHost & Element
  private readonly film: () => Film | undefined
  private readonly returned: () => void
  private watched: Film | undefined

  constructor(host: ReactiveControllerHost & Element, film: () => Film | undefined, returned: () => void) {
    this.host = host
    this.film = film
    this.returned = returned
    host.addController(this)
  }

  /** Tells what is on the picture now. */
  note(items: Iterable<string>): void {
    if (this.away) for (const item of items) this.seen.add(item)
  }

  hostConnected(): void {
    document.addEventListener('fullscreenchange', this.look)
  }

  hostUpdated(): void {
    const film = this.film()
    if (film === this.watched) return
    this.watch(film)
    this.look()
  }

  hostDisconnected(): void {
    document.removeEventListener('fullscreenchange', this.look)
    this.watch(undefined)
  }

  private watch(film: Film | undefined): void {
    for (const type of events) {
      this.watched?.removeEventListener(type, this.look)
      film?.addEventListener(type, this.look)
    }
    this.watched = film
  }

  private readonly look = (event?: Event): void => {
    const away = event?.type === 'webkitbeginfullscreen' || this.isAway()
    if (away === this.away) return
    this.away = away
    if (away) this.seen.clear()
    else if (this.seen.size) this.returned()
    this.host.requestUpdate()
  }

  private isAway(): boolean {
    const film = this.watched
    if (!film) return false
    const { fullscreenElement } = document
    const alone = !!fullscreenElement && contains(fullscreenElement, film) && !contains(fullscreenElement, this.host)
    return alone || !!film.webkitDisplayingFullscreen || (film.getRootNode() as Document).pictureInPictureElement === film
  }
}
