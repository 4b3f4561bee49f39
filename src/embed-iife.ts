// The one-file build, for old webviews and for pages that pin a hash: all tags come with it.
import './define.ts'
import { boot } from './runtime/boot.ts'

// A page may have an image of this name, which then stands in its place.
const { currentScript } = document
boot(currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector<HTMLScriptElement>('script[data-publisher]'), {})
