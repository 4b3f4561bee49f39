import { atom, type WritableAtom } from 'nanostores'
import { FeedPage, ItemList, type Item } from '../contract/item.ts'
import type { Answer, Wish, Wishes } from '../elements/wish.ts'
import { nextFrame } from '../page/frame.ts'
import type { Result } from '../transport/http.ts'
import type { Site } from './site.ts'

export type $Answer<T> = WritableAtom<Answer<T>>
type AnyValue = Wishes[keyof Wishes]['value']

/** Ids of one request. */
const mostIds = 50
/** Answers that are kept though nobody listens, so that a page that scrolls for hours does not fill up. */
const mostKept = 200

export interface Answers {
  /** The answer to a wish; the same one as long as somebody follows it. */
  to(wish: Wish): $Answer<AnyValue>
  /** Lets every answer fail, as the kill switch asks. */
  switchOff(): void
  stop(): void
}

/** Puts a sentence in the answer's place, unless there is something to show already. */
export function fail<T>($answer: $Answer<T>, issue: string): void {
  if ($answer.value?.state !== 'ready') $answer.set({ state: 'failed', issue })
}

/** Asks for wishes and keeps the answers. Nothing is published before the page is configured. */
export function createAnswers(site: Site, $page: $Answer<Wishes['page']['value']>): Answers {
  const { http, patient, clock, warn, configured, isOff } = site
  const kept = new Map<string, $Answer<AnyValue>>()
  const closers = new Set<() => void>()
  const off = 'switched off by the publisher'

  /** Asks, and hands what came to `use` or its failure to the answers. */
  function load<T>(attempt: () => Promise<Result<T>>, $answers: () => Iterable<$Answer<never>>, use: (value: T) => void): void {
    patient.ask(attempt, async (result) => {
      await configured
      if (result.ok && !isOff()) {
        clock.learn(result.served)
        result.issues.forEach(warn)
        return use(result.value)
      }
      const issue = result.ok || isOff() ? off : result.reason
      if (!isOff()) warn(issue)
      for (const $answer of $answers()) fail($answer, issue)
    })
  }

  let wanted = new Map<string, $Answer<Item>>()
  function collect(id: string, $answer: $Answer<Item>): void {
    if (!wanted.size) nextFrame(fetchItems)
    wanted.set(id, $answer)
  }

  function fetchItems(): void {
    const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
    wanted = new Map()
    while (sorted.length) {
      const some = new Map(sorted.splice(0, mostIds))
      const path = `/items?ids=${[...some.keys()].map(encodeURIComponent).join()}`
      load(
        () => http.request(path, ItemList),
        () => some.values() as Iterable<$Answer<never>>,
        ({ items }) => {
          for (const value of items) some.get(value.id)?.set({ state: 'ready', value })
          for (const [id, $answer] of some) {
            if ($answer.value?.state === 'ready') continue
            const issue = `unknown item "${id}": import it, or correct the item attribute`
            warn(issue)
            fail($answer, issue)
          }
        },
      )
    }
  }

  function fill(wish: Wish, key: string, $answer: $Answer<never>): void {
    if (isOff()) return fail($answer, off)
    if (wish.kind === 'item') {
      collect(wish.item, $answer)
    } else if (wish.kind === 'feed') {
      const { placement, feed, item, cursor } = wish
      const query = Object.entries({ kind: feed, item, cursor }).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
      const path = `/feeds/${encodeURIComponent(placement)}?${query.join('&')}`.replace(/\?$/, '')
      load<FeedPage>(
        () => http.request(path, FeedPage),
        () => [$answer],
        (value) => ($answer as $Answer<FeedPage>).set({ state: 'ready', value }),
      )
    } else if (wish.kind === 'media') {
      import('./media.ts').then(
        ({ openMedia }) => {
          const close = openMedia(site, wish.media, $answer, load)
          closers.add(close)
          // Nobody looks any more: who asks again gets a new one.
          $answer.off = () => {
            kept.delete(key)
            closers.delete(close)
            close()
          }
        },
        () => fail($answer, 'a part of Kanmai could not be loaded: let the page reach the folder that its script comes from'),
      )
    }
  }

  return {
    to(wish) {
      if (wish.kind === 'page') return $page as $Answer<AnyValue>
      const { kind, placement, feed, item, cursor, media } = wish as Partial<Record<string, string>>
      const key = JSON.stringify([kind, placement, feed, item, cursor, media])
      let $answer = kept.get(key)
      if ($answer) return $answer

      kept.set(key, ($answer = atom<Answer<AnyValue>>({ state: 'waiting' })))
      fill(wish, key, $answer as $Answer<never>)
      // The two that waited longest go, or to the end of the line when somebody still follows them.
      for (const [old, $old] of [...kept].slice(0, kept.size > mostKept ? 2 : 0)) {
        kept.delete(old)
        if ($old.lc) kept.set(old, $old)
      }
      return $answer
    },
    switchOff() {
      for (const $answer of kept.values()) $answer.set({ state: 'failed', issue: off })
    },
    stop() {
      for (const close of closers) close()
    },
  }
}
