/** An overlay without room on its picture asks, on the document, whether a rail of the same film shows these items instead. */
export class ListRequestEvent extends Event {
  static readonly type = 'kanmai-list'
  readonly media: string | undefined
  readonly box: Element | undefined
  readonly items: readonly string[]
  /** Set by the rail that shows them. */
  taken = false

  constructor(media: string | undefined, box: Element | undefined, items: readonly string[]) {
    super(ListRequestEvent.type)
    this.media = media
    this.box = box
    this.items = items
  }
}
