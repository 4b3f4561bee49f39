import { css, unsafeCSS } from 'lit'

// light-dark() follows the host page's own color-scheme. Chromium < 123, Firefox < 120 and Safari < 17.5 have none:
// there one of --_l and --_d is empty, so that the other value stands, and only `light`, `dark` and `auto` are known.
const follows = globalThis.CSS?.supports?.('color', 'light-dark(#000,#000)')

/** A colour for light and one for dark pages. */
export const pair = (light: string, dark: string) =>
  unsafeCSS(follows ? `light-dark(${light},${dark})` : `var(--_l,${light})var(--_d,${dark})`)

const toggles = unsafeCSS(
  follows
    ? ''
    : '.root{--_l:initial;--_d: }.dark{--_l: ;--_d:initial}@media(prefers-color-scheme:dark){.auto{--_l: ;--_d:initial}}',
)

/**
 * What every element starts with: `<div class="root …">` is the first thing in its shadow root, lets nothing of the
 * host page's style in but the tokens and the colour scheme, and gives the tokens their defaults. The direction is that of
 * the page's `dir` attributes, not what a style sheet says.
 * Inside, use `var(--_text)` and its like; sizes are px, never rem.
 *
 * @cssprop --kanmai-font - font family
 * @cssprop --kanmai-accent - buttons, focus ring
 * @cssprop --kanmai-radius - corner radius of surfaces
 * @cssprop --kanmai-text - text
 * @cssprop --kanmai-muted - secondary text; keep its contrast to the surface at 4.5 or more
 * @cssprop --kanmai-surface - ground of cards
 * @cssprop --kanmai-line - hairlines
 * @cssprop --kanmai-sale - a lowered price
 * @cssprop --kanmai-marker-color - a marker on the film
 * @cssprop --kanmai-marker-size - its diameter
 */
export const tokens = css`
  ${toggles}
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    all: initial;
    direction: ltr;
    display: block;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    --_font: var(
      --kanmai-font,
      system-ui,
      'PingFang SC',
      'Noto Sans CJK SC',
      'Microsoft YaHei',
      sans-serif
    );
    --_radius: var(--kanmai-radius, 6px);
    --_text: var(--kanmai-text, ${pair('#1c1b19', '#f3f1ed')});
    --_muted: var(--kanmai-muted, ${pair('#6a665f', '#aaa59c')});
    --_surface: var(--kanmai-surface, ${pair('#fff', '#1d1c1b')});
    --_line: var(--kanmai-line, ${pair('#e6e2db', '#383633')});
    --_sale: var(--kanmai-sale, ${pair('#b3261e', '#ff8f80')});
    --_accent: var(--kanmai-accent, var(--_text));
    --_ground: ${pair('#f4f2ee', '#282725')};
    font: 400 15px/20px var(--_font);
    color: var(--_text);
    text-align: start;
    -webkit-text-size-adjust: 100%;
    -webkit-font-smoothing: antialiased;
    -webkit-tap-highlight-color: #0000;
  }
  /* Chromium < 120 does not know :dir(), the others do not know :host-context(). */
  :host-context([dir='rtl']) .root {
    direction: rtl;
  }
  :host(:dir(ltr)) .root {
    direction: ltr;
  }
  :host(:dir(rtl)) .root {
    direction: rtl;
  }
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  .auto {
    color-scheme: light dark;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`
