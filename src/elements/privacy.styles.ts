import { css } from 'lit'

/** Height of the button, in px. */
export const privacyHeight = 44

export const privacyStyles = css`
  :host {
    max-inline-size: 560px;
  }
  button,
  summary {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:focus-visible,
  summary:focus-visible,
  pre:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
    border-radius: var(--_radius);
  }
  svg {
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  p,
  dl,
  h3 {
    margin: 0;
  }
  .toggle {
    display: flex;
    gap: 8px;
    align-items: center;
    inline-size: fit-content;
    max-inline-size: 100%;
    min-block-size: ${privacyHeight}px;
    font-size: 14px;
  }
  .shield {
    inline-size: 18px;
    block-size: 18px;
    stroke-width: 1.5;
  }
  .toggle:hover .name {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .holds {
    color: var(--_muted);
  }
  .holds::before {
    content: '· ';
  }
  .arrow {
    inline-size: 12px;
    block-size: 12px;
    color: var(--_muted);
    stroke-width: 1.5;
    transition: rotate 0.2s;
  }
  [aria-expanded='true'] .arrow {
    rotate: 180deg;
  }
  .panel {
    padding: 20px;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.6);
    background: var(--_surface);
    font-size: 14px;
    overflow-wrap: anywhere;
  }
  .panel[hidden] {
    display: none;
  }
  .why,
  .hint,
  .nothing,
  small {
    color: var(--_muted);
  }
  .object {
    display: flex;
    gap: 16px;
    align-items: center;
    justify-content: space-between;
    inline-size: 100%;
    min-block-size: 44px;
    margin-block-start: 12px;
    padding-block-start: 8px;
    border-block-start: 1px solid var(--_line);
    font-weight: 600;
  }
  .hint,
  small {
    font-size: 13px;
  }
  .object span {
    padding-block: 4px;
  }
  .track {
    position: relative;
    flex: none;
    inline-size: 44px;
    block-size: 26px;
    border: 2px solid var(--_muted);
    border-radius: 13px;
    transition: background 0.15s;
  }
  .track::after {
    content: '';
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 4px;
    inline-size: 14px;
    block-size: 14px;
    border-radius: 50%;
    background: var(--_muted);
    transition: inset 0.15s;
  }
  [aria-checked='true'] .track {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  [aria-checked='true'] .track::after {
    inset-inline-start: 22px;
    background: var(--_surface);
  }
  h3 {
    margin-block: 20px 4px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
    font: 600 14px/20px var(--_font);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    column-gap: 16px;
    padding-block: 4px;
  }
  dd {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  dt {
    color: var(--_muted);
  }
  code,
  pre {
    direction: ltr;
    font:
      400 12px/18px ui-monospace,
      'SF Mono',
      Menlo,
      Consolas,
      monospace;
  }
  small {
    display: block;
  }
  summary {
    display: inline-block;
    padding-block: 12px;
    color: var(--_muted);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  summary:hover {
    color: var(--_text);
  }
  pre {
    max-block-size: 240px;
    margin: 0;
    padding: 12px;
    border-radius: var(--_radius);
    background: var(--_ground);
    overflow: auto;
    overscroll-behavior: contain;
    text-align: start;
    white-space: pre-wrap;
  }
  footer,
  .asking {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  footer {
    margin-block-start: 20px;
  }
  .asking p {
    flex-basis: 100%;
  }
  .button {
    min-block-size: 44px;
    padding: 10px 18px;
    border: 1px solid var(--_line);
    border-radius: 22px;
    font: 600 14px/22px var(--_font);
  }
  .button:hover {
    background: var(--_ground);
  }
  .wipe {
    color: var(--_sale);
  }
  .yes {
    border-color: var(--_sale);
    background: var(--_sale);
    color: var(--_surface);
  }
  .yes:hover {
    background: var(--_sale);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .track::after {
      background: ButtonText;
    }
    [aria-checked='true'] .track {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`
