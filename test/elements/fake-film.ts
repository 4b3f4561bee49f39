import type { Cue, CueSheet, Media } from '../../src/contract/cue.ts'
import type { Item } from '../../src/contract/item.ts'
import type { PageConfig } from '../../src/contract/page-config.ts'
import type { Picture } from '../../src/core/picture-geometry.ts'
import '../../src/elements/kanmai-overlay.ts'
import '../../src/elements/kanmai-rail.ts'
import type { OverlayElement } from '../../src/elements/overlay.ts'
import { KanmaiRequestEvent, type Answer } from '../../src/elements/wish.ts'
import { handDrivenPlayer, type HandDrivenPlayer } from '../../src/player/hand-driven.ts'

let films = 0

export const picture: Picture = {
  box: { width: 640, height: 360 },
  content: { x: 0, y: 0, width: 640, height: 360 },
  natural: { width: 1280, height: 720 },
  fit: 'contain',
  position: '50% 50%',
}

export interface FakeFilm {
  stage: HTMLElement
  box: HTMLElement
  overlay: OverlayElement
  player: HandDrivenPlayer<HTMLElement>
  items: Item[]
  /** What the player was asked for. */
  asked: unknown[]
  at(second: number): Promise<void>
  part<T extends HTMLElement>(name: string): T[]
  /** Names of the markers that can be seen. */
  seen(): string[]
  press(name: string): Promise<void>
  isOpen(): boolean
  stop(): void
}

/** A film of 640 by 360 with an overlay, answered by a page of its own. Every film has items and a media of its own. */
export async function fakeFilm(cues: readonly Partial<Cue>[], media: Partial<Media> = {}, config: Partial<PageConfig> = {}): Promise<FakeFilm> {
  const name = `film-${++films}`
  const items: Item[] = ['Lamp', 'Rug', 'Mug'].map((title) => ({
    id: `${title.toLowerCase()}-${films}`,
    title,
    url: `https://shop.example/${title}?r={ref}`,
    price: { now: { minor: 10000, currency: 'USD' } },
  }))
  const sheet: CueSheet = {
    media: { id: name, ...media },
    items,
    cues: cues.map((cue, index) => ({ id: `c${index}`, start: 0, at: { x: (index + 1) / 4, y: 0.5 }, ...cue, item: items[index % 3]!.id })),
  }
  const settings = { publisher: 'demo', ...config, now: () => Date.now() }
  const answer = (event: Event): void => {
    const request = event as KanmaiRequestEvent
    const { wish } = request
    const value = wish.kind === 'page' ? settings : wish.kind === 'media' && wish.media === name ? sheet : undefined
    if (!value) return
    const ready = { state: 'ready', value } as Answer<never>
    request.answer = {
      get: () => ready,
      subscribe: (listener) => {
        listener(ready)
        return () => {}
      },
    }
  }
  document.addEventListener(KanmaiRequestEvent.type, answer)

  const stage = document.createElement('div')
  stage.style.cssText = 'position:relative;margin:30px;width:640px;height:360px'
  const box = document.createElement('div')
  box.style.cssText = 'width:640px;height:360px;background:#345'
  const asked: unknown[] = []
  const player = handDrivenPlayer(box, (wish) => asked.push(wish))
  player.set({ picture })
  const overlay = Object.assign(document.createElement('kanmai-overlay'), { player, media: name })
  stage.append(box, overlay)
  document.body.append(stage)
  await overlay.updateComplete
  await overlay.updateComplete

  const part = <T extends HTMLElement>(name: string): T[] => [...overlay.shadowRoot!.querySelectorAll<T>(`[part~=${name}]`)]
  return {
    stage,
    box,
    overlay,
    player,
    items,
    asked,
    part,
    async at(second) {
      player.set({ second })
      await overlay.updateComplete
      await overlay.updateComplete
    },
    seen: () =>
      part('marker')
        .filter((it) => getComputedStyle(it).visibility === 'visible' && it.offsetWidth > 0)
        .map((it) => it.getAttribute('aria-label')!),
    async press(name) {
      const marker = part('marker').find((it) => it.getAttribute('aria-label')!.startsWith(name))!
      marker.focus()
      marker.click()
      await overlay.updateComplete
    },
    isOpen: () => part('card').some((it) => it.offsetHeight > 0),
    stop() {
      document.removeEventListener(KanmaiRequestEvent.type, answer)
      stage.remove()
    },
  }
}
