import { consentReason } from '../core/consent-reason.ts'
import type { OutboxContents } from '../core/outbox-storage.ts'
import { nothingSent } from '../core/sent.ts'
import { KanmaiRequestEvent, type Privacy, type SavedItems } from '../elements/wish.ts'
import { databaseExists } from '../page/database-exists.ts'
import { nextFrame } from '../page/frame.ts'
import { rememberObjection } from '../page/objection.ts'
import { createSignalStorage } from '../page/signal-storage.ts'
import type { Books } from './books.ts'
import { fail, type $Answer, type Site } from './site.ts'

/** Answers with what holds for the reader's visit and what is known of it, and does with it what the reader wants. Returns what stops it. */
export function openPrivacy(site: Site, $answer: $Answer<never>): () => void {
  const $privacy: $Answer<Privacy> = $answer
  const { http, view } = site
  let books: Books | undefined
  let saved: SavedItems | undefined
  let remembered = true
  let closed = false
  let queued = false

  /** What an earlier grant has left on the disk, while it is not sure whether that still holds. */
  async function leftOnDisk(): Promise<OutboxContents | undefined> {
    if (!(await databaseExists(http.base))) return undefined
    const storage = createSignalStorage(http.base)
    return storage.look(Infinity).finally(storage.close)
  }

  async function publish(): Promise<void> {
    queued = false
    const account = books?.account()
    const looks = [...(account?.outboxes ?? []).map((it) => it.contents()), ...(account?.consent === 'granted' ? [] : [leftOnDisk()])]
    // Where the browser denies storage, none is kept.
    const contents = (await Promise.all(looks.map((it) => it.catch(() => undefined)))).filter((it) => it !== undefined)
    if (closed) return
    $privacy.set({
      state: 'ready',
      value: {
        consent: account?.consent ?? 'none',
        why: account ? consentReason(account.asked) : 'off',
        endpoint: new URL(http.base).host,
        waiting: contents.flatMap(({ held }) => held.map(({ signal }) => signal)),
        lost: contents.flatMap((it) => it.lost),
        visit: account?.visit,
        saved: saved?.items ?? [],
        sent: account?.sent ?? nothingSent,
        objected: site.objected,
        remembered,
        wipe,
        object,
      },
    })
  }

  /** With the next frame, however often something changes until then. */
  function look(): void {
    if (queued || closed) return
    queued = true
    nextFrame(() => void publish())
  }

  function wipe(): void {
    for (const { id } of saved?.items ?? []) saved?.drop(id)
    books?.wipe()
    look()
  }

  function object(objects: boolean): void {
    remembered = rememberObjection(view, `kanmai ${http.base}`, objects)
    site.object(objects)
    look()
  }

  const request = new KanmaiRequestEvent<'saved'>({ kind: 'saved' })
  view.document.dispatchEvent(request)
  const unfollow = request.answer?.subscribe((answer) => {
    if (answer.state === 'ready') saved = answer.value
    if (books) look()
  })

  void site.books().then((opened) => {
    books = opened
    if (closed) return
    if (!opened && !site.isOff()) return site.trouble((it) => fail($answer, it.notLoaded('what counts clicks')))
    if (opened) opened.changed = look
    look()
  })
  return () => {
    closed = true
    unfollow?.()
    if (books) books.changed = undefined
  }
}
