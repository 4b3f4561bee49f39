import { atom } from 'nanostores'
import { ItemList, type Item } from '../contract/item.ts'
import { broken, contained } from '../elements/page-fit.ts'
import type { Answer, Wish, Wishes } from '../elements/wish.ts'
import { nextFrame } from '../page/frame.ts'
import { fail, type $Answer, type Site } from './site.ts'

export type AnyAnswer = $Answer<Wishes[keyof Wishes]['value']>

/** Ids of one request. */
const mostIds = 50

/** The answers of a page, by the wish they answer. */
export type Answers = Map<string, AnyAnswer>

/** How to find the answer to a wish; the same one as long as somebody follows it. What is new is asked for. */
export function createAnswering(site: Site, answers: Answers): (wish: Wish) => AnyAnswer {
  let wanted = new Map<string, $Answer<Item>>()

  function fetchItems(): void {
    const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))
    wanted = new Map()
    while (sorted.length) {
      const some = new Map(sorted.splice(0, mostIds))
      site.load(
        () => site.http.request(`/items?ids=${[...some.keys()].map(encodeURIComponent)}`, ItemList),
        ({ items }) => {
          for (const value of items) some.get(value.id)?.set({ state: 'ready', value })
          for (const [id, $answer] of some) {
            if ($answer.value?.state === 'waiting') site.trouble((trouble) => fail($answer, trouble.unknownItem(id), true))
          }
        },
        () => some.values() as Iterable<$Answer<never>>,
      )
    }
  }

  return (wish) => {
    const { kind, item, placement, feed, cursor, media } = wish as Partial<Record<string, string>>
    const key = [kind, item, placement, feed, cursor, media].join('\n')
    let $answer = answers.get(key)
    if ($answer) return $answer

    answers.set(key, ($answer = atom<Answer<never>>({ state: 'waiting' }) as AnyAnswer))
    if (wish.kind === 'item') {
      if (!wanted.size) nextFrame(contained(fetchItems))
      wanted.set(wish.item, $answer as $Answer<Item>)
    } else {
      import('./lists.ts').then(
        (it) => it.fill(site, answers, key, wish),
        () => site.trouble((trouble) => fail($answer, trouble.notLoaded(`<${kind}>`))),
      ).catch(broken)
    }
    return $answer
  }
}
