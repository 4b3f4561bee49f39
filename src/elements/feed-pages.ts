import type { ReactiveControllerHost } from 'lit'
import type { Item } from '../contract/item.ts'
import { AskController } from './ask-controller.ts'
import type { Wishes } from './wish.ts'

type FeedWish = Wishes['feed']['wish']

interface Page {
  start: number
  /** Known once it was there. */
  count?: number
  wish: FeedWish
  list?: string
  /** Held only near what is on the screen; asked for again when it comes back. */
  items?: readonly Item[] | undefined
  ask?: AskController<'feed'> | undefined
}

/** Empty pages in a row after which a feed is taken to have ended, whatever it promises. */
const mostEmpty = 3
const mostTries = 4
const firstRetry = 4000

/** The pages of an endless feed, of which only those near the reader are held. */
export class FeedPages {
  issue: string | undefined

  private readonly host: ReactiveControllerHost & HTMLElement
  private readonly pages: Page[]
  private readonly expected: number
  private tries = 0
  private retry: ReturnType<typeof setTimeout> | undefined

  /** `expected` items make the first page until it is there. */
  constructor(host: ReactiveControllerHost & HTMLElement, wish: FeedWish, expected: number) {
    this.host = host
    this.expected = expected
    this.pages = [{ start: 0, wish }]
  }

  /** How many items there are, with those of a page that is on its way. */
  get length(): number {
    const last = this.pages.at(-1)!
    return last.start + (last.count ?? (this.issue ? 0 : (this.pages.at(-2)?.count ?? this.expected)))
  }

  /** All pages are known. */
  get ended(): boolean {
    return this.pages.at(-1)!.count !== undefined
  }

  /** Whether the first page is there. */
  get started(): boolean {
    return this.pages[0]!.count !== undefined
  }

  at(index: number): { item: Item | undefined; list: string | undefined } {
    const page = this.pages.findLast((it) => it.start <= index)
    return { item: page?.items?.[index - page.start], list: page?.list }
  }

  /** Takes what has come, asks for the pages that touch `from` ≤ index < `to` and lets go of the others. */
  hold(from: number, to: number): void {
    for (let index = 0; index < this.pages.length; index++) {
      const page = this.pages[index]!
      const near = page.start < to && (page.count === undefined || page.start + page.count >= from)
      if (near) page.ask ??= new AskController<'feed'>(this.host, () => page.wish)
      else this.drop(page)
      this.take(page)
    }
  }

  close(): void {
    clearTimeout(this.retry)
    this.pages.forEach((page) => this.drop(page))
  }

  private take(page: Page): void {
    const answer = page.ask?.answer
    if (answer?.state === 'failed') this.fail(page, answer.issue)
    if (answer?.state !== 'ready' || page.items === answer.value.items) return
    const { items, list, next } = answer.value
    page.items = items
    page.list = list
    this.tries = 0
    this.issue = undefined
    if (page.count !== undefined) return
    page.count = items.length
    const empty = this.pages.slice(-mostEmpty).filter((it) => it.count === 0).length
    if (next && next !== page.wish.cursor && empty < mostEmpty) {
      this.pages.push({ start: page.start + page.count, wish: { ...page.wish, cursor: next } })
    }
  }

  private fail(page: Page, issue: string): void {
    if (this.retry !== undefined) return
    if (!this.started || ++this.tries >= mostTries) {
      this.issue = issue
      return
    }
    this.retry = setTimeout(() => {
      this.retry = undefined
      this.drop(page)
      this.host.requestUpdate()
    }, firstRetry * 2 ** this.tries)
  }

  private drop(page: Page): void {
    if (page.ask) {
      this.host.removeController(page.ask)
      page.ask.stop()
    }
    page.ask = undefined
    page.items = undefined
  }
}
