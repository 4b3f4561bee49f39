/** How a live room on the page stands: so many follow it, in all browsers. Fired on the document, at most every few seconds. */
export class KanmaiRoomEvent extends Event {
  readonly media: string
  readonly viewers: number

  constructor(media: string, viewers: number) {
    super('kanmai-room')
    this.media = media
    this.viewers = viewers
  }
}

declare global {
  interface DocumentEventMap {
    'kanmai-room': KanmaiRoomEvent
  }
}
