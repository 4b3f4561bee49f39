// The one-file build, for old webviews and for pages that pin a hash: all tags come with it.
import './define.ts'
import { boot } from './runtime/boot.ts'

boot(document.currentScript as HTMLScriptElement | null, {})
