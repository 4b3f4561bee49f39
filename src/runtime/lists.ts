import { FeedPage } from '../contract/item.ts'
import { broken } from '../elements/page-fit.ts'
import type { Wish } from '../elements/wish.ts'
import type { Answers } from './answers.ts'
import { fail, type $Answer, type Site } from './site.ts'

/** Feed pages that are kept though nobody follows them, so that a page that scrolls for hours does not fill up. */
const mostKept = 50

/** Asks for what is more than an item. */
export function fill(site: Site, answers: Answers, key: string, wish: Wish): void {
  const $answer = answers.get(key) as $Answer<never>
  if (wish.kind === 'feed') {
    const { placement, feed, item, cursor } = wish
    const query = Object.entries({ kind: feed, item, cursor }).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
    const path = `/feeds/${encodeURIComponent(placement)}${query.length ? `?${query.join('&')}` : ''}`
    site.load(
      () => site.http.request(path, FeedPage),
      (value) => ($answer as $Answer<FeedPage>).set({ state: 'ready', value }),
      () => [$answer],
    )
    forgetFeeds(answers, key)
  } else if (wish.kind === 'media') {
    import('./media.ts').then(
      ({ openMedia }) => {
        const close = openMedia(site, wish.media, $answer)
        // Nobody follows it any more, so nothing needs to stay open; who asks again gets a new one.
        $answer.off = () => {
          answers.delete(key)
          close()
        }
      },
      () => site.trouble((trouble) => fail($answer, trouble.notLoaded('cues'))),
    ).catch(broken)
  } else if (wish.kind === 'saved') {
    import('./saved.ts').then(
      ({ openSaved }) => {
        const close = openSaved(site, $answer)
        $answer.off = () => void (close() && answers.delete(key))
      },
      () => site.trouble((trouble) => fail($answer, trouble.notLoaded('saved items'))),
    ).catch(broken)
  } else if (wish.kind === 'privacy') {
    import('./privacy.ts').then(
      ({ openPrivacy }) => {
        const close = openPrivacy(site, $answer)
        $answer.off = () => {
          answers.delete(key)
          close()
        }
      },
      () => site.trouble((trouble) => fail($answer, trouble.notLoaded('what is known of the visit'))),
    ).catch(broken)
  }
}

function forgetFeeds(answers: Answers, latest: string): void {
  const idle = [...answers].filter(([key, $answer]) => !$answer.lc && key !== latest && key.startsWith('feed\n'))
  for (const [key] of idle.slice(0, -mostKept)) answers.delete(key)
}
