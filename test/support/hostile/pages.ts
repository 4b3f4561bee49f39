/** Where a page finds things: its own server, and the endpoint. */
export interface Places {
  site: string
  endpoint: string
}

/** A page that makes it hard for a guest, or a guest that was told so. */
export interface HostilePage {
  name: string
  kind: 'plain' | 'policy' | 'frame' | 'base' | 'patched' | 'frozen' | 'copies' | 'style' | 'life'
  /** Endpoint and builds come from the page's own origin. */
  same?: boolean
  /** The page's Content-Security-Policy. */
  policy?(places: Places): string
  /** Attributes of `<html>`. */
  root?: string
  /** Stands in the head, behind the witness. */
  head?(places: Places): string
  /** Runs before Kanmai. */
  first?: string
  /** What stands in place of the usual script tag. */
  kanmai?(places: Places): string
  /** Stands before the tags. */
  body?(places: Places): string
  /** Runs after Kanmai's entry, before anything was fetched. */
  then?: string
  /** Attributes of a frame around the page, with its address and its text. */
  frame?(address: string, text: string): string
  /** Tags that must show; all of them when absent. */
  tags?: string[]
  /** Milliseconds to wait instead of until all is shown. */
  hold?: number
  /** All tags show and the click is kept, or nothing of Kanmai is there and the host's own link is. */
  expects: 'works' | 'closed'
  /** Lines of ours on the console. */
  lines: number | [least: number, most: number]
  /** Parts of us are forbidden: the click cannot get through, and what those parts look like is not there. */
  mute?: true
}

const strict = (script: string, endpoint: string, more = '') =>
  `default-src 'none'; script-src 'self' ${script}; style-src 'self' ${endpoint}; connect-src 'self' ${endpoint}; img-src 'self' ${endpoint} data:; media-src ${endpoint}${more}`

const module = (src: string, endpoint: string, publisher = 'demo') =>
  `<script type="module" src="${src}" data-endpoint="${endpoint}" data-publisher="${publisher}" data-consent="granted"></script>`
const iife = (endpoint: string, more = '') =>
  `<script src="${endpoint}/dist/kanmai.iife.js" data-endpoint="${endpoint}" data-publisher="demo" data-consent="granted"${more}></script>`

/** Everything a page could set that is inherited, by force. */
const inherited = `color: rgb(255, 0, 1) !important; cursor: crosshair !important; direction: rtl !important;
  font: italic small-caps 900 ultra-expanded 37px/61px fantasy !important; letter-spacing: 7px !important; list-style: square !important;
  text-align: right !important; text-indent: 33px !important; text-shadow: 3px 3px 3px red !important; text-transform: uppercase !important;
  white-space: pre !important; word-break: break-all !important; word-spacing: 23px !important; quotes: "x" "y" !important; tab-size: 17 !important;
  hyphens: none !important; font-variant: small-caps !important; -webkit-text-stroke: 2px red !important; text-decoration: line-through !important;`
const sheet = (css: string) => `<style>${css}</style>`

export const pages: readonly HostilePage[] = [
  { name: 'plain', kind: 'plain', expects: 'works', lines: 0 },
  { name: 'plain-iife', kind: 'plain', kanmai: ({ endpoint }) => iife(endpoint), expects: 'works', lines: 0 },

  { name: 'self', kind: 'policy', same: true, policy: () => `default-src 'self'; style-src 'self'`, expects: 'works', lines: 0 },
  { name: 'strict', kind: 'policy', policy: ({ endpoint }) => strict(endpoint, endpoint), expects: 'works', lines: 0 },
  { name: 'trusted-types', kind: 'policy', policy: ({ endpoint }) => strict(endpoint, endpoint, `; require-trusted-types-for 'script'; trusted-types kanmai-lit`), expects: 'works', lines: 0 },
  {
    name: 'beside-lit',
    kind: 'policy',
    policy: ({ endpoint }) => strict(endpoint, endpoint, `; require-trusted-types-for 'script'; trusted-types lit-html kanmai-lit`),
    then: `import { html, render } from '/node_modules/lit-html/lit-html.js'
      render(html\`<p id="theirs">\${'of the host'}</p>\`, document.body.appendChild(document.createElement('div')))
      if (document.getElementById('theirs').textContent !== 'of the host') throw new Error('the lit of the host does not render')`,
    expects: 'works',
    lines: 0,
  },
  {
    name: 'refused-trusted-types',
    kind: 'policy',
    policy: ({ endpoint }) => strict(endpoint, endpoint, `; require-trusted-types-for 'script'; trusted-types lit-html`),
    then: `import { html, render } from '/node_modules/lit-html/lit-html.js'
      render(html\`<p id="theirs">\${'of the host'}</p>\`, document.body.appendChild(document.createElement('div')))
      if (document.getElementById('theirs').textContent !== 'of the host') throw new Error('the lit of the host does not render')`,
    expects: 'closed',
    lines: 1,
  },
  { name: 'no-trusted-types', kind: 'policy', policy: ({ endpoint }) => strict(endpoint, endpoint, `; require-trusted-types-for 'script'; trusted-types 'none'`), kanmai: ({ endpoint }) => iife(endpoint), expects: 'closed', lines: 1 },
  { name: 'named-types-unrequired', kind: 'policy', policy: ({ endpoint }) => strict(endpoint, endpoint, `; trusted-types lit-html`), expects: 'works', lines: 0 },
  { name: 'no-chunks', kind: 'policy', policy: ({ endpoint }) => strict(`${endpoint}/dist/kanmai.js`, endpoint), tags: ['kanmai-card'], expects: 'works', lines: [1, 9], mute: true },
  { name: 'no-connection', kind: 'policy', policy: ({ endpoint }) => strict(endpoint, endpoint).replace(`connect-src 'self' ${endpoint}`, `connect-src 'self'`), expects: 'closed', lines: [1, 2] },
  { name: 'no-pictures', kind: 'policy', policy: ({ endpoint }) => strict(endpoint, endpoint).replace(/img-src[^;]*/, `img-src 'none'`), expects: 'works', lines: 0 },
  { name: 'sandbox-policy', kind: 'policy', policy: () => 'sandbox allow-scripts', expects: 'works', lines: 2 },

  { name: 'sandboxed', kind: 'frame', frame: (address) => `sandbox="allow-scripts" src="${address}"`, expects: 'works', lines: 2 },
  { name: 'sandboxed-srcdoc', kind: 'frame', frame: (_, text) => `sandbox="allow-scripts" srcdoc="${text}"`, expects: 'works', lines: 2 },
  { name: 'third-party', kind: 'frame', frame: (address) => `src="${address.replace('127.0.0.1', 'localhost')}"`, expects: 'works', lines: [0, 1] },

  { name: 'base', kind: 'base', head: () => '<base href="https://elsewhere.invalid/deep/">', expects: 'works', lines: 0 },
  { name: 'base-target', kind: 'base', same: true, head: () => '<base href="/no/such/place/" target="_top">', kanmai: () => module('/dist/kanmai.js', '/', 'demo'), expects: 'works', lines: 0 },

  { name: 'fetch-throws', kind: 'patched', first: `window.fetch = () => { throw new Error('no') }`, expects: 'closed', lines: [1, 2] },
  { name: 'fetch-gone', kind: 'patched', first: `delete window.fetch; delete window.navigator.sendBeacon`, expects: 'closed', lines: [1, 2] },
  { name: 'fetch-nonsense', kind: 'patched', first: `window.fetch = async () => 5`, expects: 'closed', lines: [1, 2] },
  { name: 'fetch-patched-later', kind: 'patched', then: `window.fetch = () => { throw new Error('no') }; navigator.sendBeacon = () => { throw new Error('no') }`, expects: 'works', lines: 0 },
  {
    name: 'promise-replaced',
    kind: 'patched',
    first: `const Own = Promise
      window.Promise = class Promise extends Own { then(...handlers) { return super.then(...handlers) } get isTheirs() { return true } }`,
    expects: 'works',
    lines: 0,
  },
  {
    name: 'promise-then-wrapped',
    kind: 'patched',
    first: `const { then } = Promise.prototype
      Promise.prototype.then = function (done, failed) { return then.call(this, done && ((it) => done(it)), failed && ((it) => failed(it))) }`,
    expects: 'works',
    lines: 0,
  },
  { name: 'promise-hostile', kind: 'patched', first: `window.Promise = function () { throw new Error('no promises') }`, expects: 'closed', lines: 1 },
  { name: 'zone', kind: 'patched', head: ({ site }) => `<script src="${site}/node_modules/zone.js/bundles/zone.umd.js"></script>`, expects: 'works', lines: 0 },
  {
    name: 'array-enumerable',
    kind: 'patched',
    first: `for (const name of ['each', 'contains', 'last', 'clone', 'extend']) Array.prototype[name] = function () { return 'of ' + name }
      for (const name of ['forEachKey', 'size', 'extend', 'end', 'title', 'enabled']) Object.prototype[name] = function () { return 'of ' + name }
      String.prototype.capitalize = function () { return 'x' }
      Function.prototype.wrap = function () { return 'x' }`,
    expects: 'works',
    lines: 0,
  },
  {
    name: 'to-json',
    kind: 'patched',
    // As prototype.js 1.6 does it, to this day on many shops.
    first: `Array.prototype.toJSON = function () { return '[' + this.map((it) => JSON.stringify(it)).join(', ') + ']' }
      String.prototype.toJSON = function () { return this.inspect ? '' : '"' + this + '"' }
      Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : 'null' }`,
    expects: 'works',
    lines: 0,
  },
  { name: 'object-to-json', kind: 'patched', first: `Object.prototype.toJSON = function () { return 'theirs' }`, expects: 'works', lines: 0 },
  {
    name: 'old-library',
    kind: 'patched',
    // What prototype.js and MooTools put in the language's own place.
    first: `Array.from = function (it) { if (!it) return []; if (it.toArray) return it.toArray(); let length = it.length || 0; const all = new Array(length); while (length--) all[length] = it[length]; return all }
      Array.prototype.entries = Array.prototype.toArray = function () { return this.slice() }
      Array.prototype.find = function (of) { for (const it of this) if (of(it)) return it }
      Function.prototype.bind = function (to, ...first) { const own = this; return function (...rest) { return own.apply(to, first.concat(rest)) } }
      Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); return this }
      Element.prototype.hide = Element.prototype.show = Element.prototype.toggle = function () { return this }`,
    expects: 'works',
    lines: [0, 1],
  },
  { name: 'array-reduce-old', kind: 'patched', first: `Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] }`, expects: 'closed', lines: 1 },
  { name: 'array-map-hostile', kind: 'patched', first: `Array.prototype.map = function () { return ['theirs'] }`, expects: 'closed', lines: 1 },
  { name: 'array-throws', kind: 'patched', first: `for (const name of ['filter', 'forEach', 'flatMap', 'some']) Array.prototype[name] = () => { throw new Error('theirs') }`, expects: 'closed', lines: 1 },
  { name: 'array-throws-later', kind: 'patched', then: `for (const name of ['map', 'filter', 'forEach', 'flatMap', 'some']) Array.prototype[name] = () => { throw new Error('theirs') }`, tags: ['kanmai-card'], expects: 'works', lines: [1, 2], mute: true },
  { name: 'stringify-hostile', kind: 'patched', first: `JSON.stringify = () => { throw new Error('theirs') }`, expects: 'closed', lines: 1 },
  { name: 'stringify-nonsense', kind: 'patched', first: `JSON.stringify = () => 'theirs'`, expects: 'closed', lines: 1 },
  { name: 'parse-hostile', kind: 'patched', first: `JSON.parse = () => { throw new Error('theirs') }`, expects: 'closed', lines: 1 },
  { name: 'console-gone', kind: 'patched', first: `window.console = undefined`, expects: 'works', lines: 0 },
  { name: 'console-throws', kind: 'patched', first: `console.warn = console.error = console.log = () => { throw new Error('theirs') }`, kanmai: ({ endpoint }) => iife(endpoint) + iife(endpoint), expects: 'works', lines: 0 },
  { name: 'define-throws', kind: 'patched', first: `customElements.define = () => { throw new Error('theirs') }`, expects: 'closed', lines: 1 },
  { name: 'no-shadow', kind: 'patched', first: `Element.prototype.attachShadow = () => { throw new Error('theirs') }`, expects: 'closed', lines: 1 },
  { name: 'old-browser', kind: 'patched', first: `delete window.requestIdleCallback; delete window.PointerEvent; delete window.HTMLElement.prototype.showPopover`, expects: 'works', lines: [0, 1] },
  { name: 'clobbered', kind: 'patched', head: () => '', body: () => `<img name="currentScript" alt=""><form name="scripts"></form><img name="adoptedStyleSheets" alt=""><a id="kanmai"></a><form name="visibilityState"></form>`, expects: 'works', lines: [0, 1] },
  { name: 'clobbered-hard', kind: 'patched', body: () => `<form name="addEventListener"></form><form name="querySelectorAll"></form><form name="querySelector"></form><img name="createElement" alt="">`, expects: 'closed', lines: 1 },

  {
    name: 'frozen',
    kind: 'frozen',
    first: `for (const name of Object.getOwnPropertyNames(window)) {
        const own = Object.getOwnPropertyDescriptor(window, name)
        if (!/^[A-Z]/.test(name) || !own || !('value' in own) || typeof own.value !== 'function' || !/native code/.test(Function.prototype.toString.call(own.value))) continue
        // The language's own, and what is called so in it: not the DOM.
        if (own.value.prototype instanceof EventTarget || own.value === EventTarget || (own.value.prototype && Symbol.toStringTag in own.value.prototype && !/^(Map|Set|WeakMap|WeakSet|Promise|Symbol|ArrayBuffer|DataView|BigInt|Iterator)$/.test(name))) continue
        Object.freeze(own.value)
        if (own.value.prototype) Object.freeze(own.value.prototype)
      }
      for (const it of [JSON, Math, Reflect, Intl, Atomics, Object.getPrototypeOf(async () => {}), Object.getPrototypeOf(function* () {}), Object.getPrototypeOf([][Symbol.iterator]())]) Object.freeze(it)`,
    expects: 'works',
    lines: 0,
  },
  { name: 'ses', kind: 'frozen', head: ({ site }) => `<script src="${site}/node_modules/ses/dist/ses.umd.js"></script>`, first: `lockdown({ consoleTaming: 'unsafe', errorTaming: 'unsafe', overrideTaming: 'min' })`, expects: 'works', lines: 0 },

  { name: 'twice', kind: 'copies', kanmai: ({ endpoint }) => module(`${endpoint}/dist/kanmai.js`, endpoint) + module(`${endpoint}/dist/kanmai.js?2`, endpoint), expects: 'works', lines: 1 },
  { name: 'iife-and-module', kind: 'copies', kanmai: ({ endpoint }) => iife(endpoint) + module(`${endpoint}/dist/kanmai.js`, endpoint), expects: 'works', lines: 1 },
  { name: 'module-and-iife', kind: 'copies', kanmai: ({ endpoint }) => module(`${endpoint}/dist/kanmai.js`, endpoint) + iife(endpoint, ' defer'), expects: 'works', lines: 1 },
  { name: 'newer-major-second', kind: 'copies', kanmai: ({ site, endpoint }) => module(`${endpoint}/dist/kanmai.js`, endpoint) + module(`${site}/dist-9.0.0/kanmai.js`, endpoint), expects: 'works', lines: 1 },
  { name: 'newer-major-first', kind: 'copies', kanmai: ({ site, endpoint }) => module(`${site}/dist-9.0.0/kanmai.js`, endpoint) + module(`${endpoint}/dist/kanmai.js`, endpoint), expects: 'works', lines: 1 },
  { name: 'same-major-second', kind: 'copies', kanmai: ({ site, endpoint }) => module(`${endpoint}/dist/kanmai.js`, endpoint) + module(`${site}/dist-0.1.7/kanmai.js`, endpoint), expects: 'works', lines: 1 },
  {
    name: 'tags-taken',
    kind: 'copies',
    first: `for (const tag of ['card', 'coupon', 'feed', 'overlay', 'rail', 'markers', 'shelf', 'saved', 'privacy']) customElements.define('kanmai-' + tag, class extends HTMLElement {})`,
    expects: 'closed',
    lines: 1,
  },
  { name: 'one-tag-taken', kind: 'copies', first: `customElements.define('kanmai-coupon', class extends HTMLElement {})`, tags: ['kanmai-card', 'kanmai-feed', 'kanmai-rail'], expects: 'works', lines: 1 },

  { name: 'inherited-styles', kind: 'style', head: () => sheet(`* { ${inherited} }`), expects: 'works', lines: 0 },
  { name: 'root-styles', kind: 'style', head: () => sheet(`html { font-size: 62.5% !important } html, body, kanmai-card, kanmai-rail, kanmai-feed, kanmai-coupon { ${inherited} }`), expects: 'works', lines: 0 },
  { name: 'unset-all', kind: 'style', head: () => sheet(`*:not(script, style, head, meta, link, title) { all: unset !important; display: block !important; ${inherited} }`), expects: 'works', lines: 0 },
  { name: 'reset-sheet', kind: 'style', head: () => sheet(`a, div, span, button, img, ul, li, ol, h2, b, s, i, p, svg { ${inherited} margin: 31px !important; padding: 17px !important; display: inline !important; float: right !important; opacity: .3 !important; position: fixed !important }`), tags: ['kanmai-card', 'kanmai-feed', 'kanmai-coupon', 'kanmai-rail'], expects: 'works', lines: 0 },

  {
    name: 'reparented',
    kind: 'life',
    then: `const tags = [...document.querySelectorAll('kanmai-card, kanmai-coupon, kanmai-feed, kanmai-overlay, kanmai-rail, kanmai-markers, kanmai-shelf, kanmai-saved, kanmai-privacy')]
      const [a, b] = [document.createElement('section'), document.createElement('section')]
      document.body.append(a, b)
      let left = 200
      const move = () => { for (const it of tags) (left % 2 ? a : b).append(it); if (--left) setTimeout(move, left % 10 ? 0 : 20) }
      setTimeout(move, 1500)`,
    hold: 8000,
    expects: 'works',
    lines: 0,
  },
  {
    name: 'removed-mid-drain',
    kind: 'life',
    then: `const card = document.querySelector('kanmai-card')
      addEventListener('kanmai-select', () => setTimeout(() => { for (const it of document.querySelectorAll('kanmai-card, kanmai-feed, kanmai-overlay, kanmai-rail')) it.remove() }))
      addEventListener('kanmai-select', () => setTimeout(() => document.body.prepend(card), 700))`,
    tags: ['kanmai-card', 'kanmai-coupon', 'kanmai-markers', 'kanmai-shelf', 'kanmai-saved', 'kanmai-privacy'],
    expects: 'works',
    lines: 0,
  },
  {
    name: 'rewritten',
    kind: 'life',
    then: `setTimeout(() => { const text = document.body.innerHTML; document.body.innerHTML = ''; document.body.innerHTML = text }, 1500)`,
    hold: 6000,
    expects: 'works',
    lines: 0,
  },
]
