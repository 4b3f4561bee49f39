import './elements/kanmai-card.ts'
import { boot } from './runtime/boot.ts'

const { scripts } = document

boot(
  // A module has no currentScript; its own address finds its tag.
  [...scripts].find((script) => script.src === import.meta.url) ??
    document.querySelector<HTMLScriptElement>('script[data-publisher]'),
  {
    'kanmai-card': () => Promise.resolve(),
    'kanmai-coupon': () => import('./elements/kanmai-coupon.ts'),
    'kanmai-feed': () => import('./elements/kanmai-feed.ts'),
    'kanmai-markers': () => import('./elements/kanmai-markers.ts'),
    'kanmai-overlay': () => import('./elements/kanmai-overlay.ts'),
    'kanmai-privacy': () => import('./elements/kanmai-privacy.ts'),
    'kanmai-rail': () => import('./elements/kanmai-rail.ts'),
    'kanmai-saved': () => import('./elements/kanmai-saved.ts'),
    'kanmai-shelf': () => import('./elements/kanmai-shelf.ts'),
  },
)
