import { css } from 'lit'
import { couponHeight } from './card-size.ts'
import { pair } from './tokens.styles.ts'

const stub = 100
const hole = 7

// A ticket: two notches where the stub is torn off are cut out of the whole, so that the page shows through.
export const couponStyles = css`
  :host {
    max-inline-size: 560px;
  }
  .ticket {
    --_notch: ${stub}px;
    position: relative;
    display: grid;
    grid-template-columns: ${stub}px minmax(0, 1fr) auto;
    align-items: center;
    block-size: ${couponHeight}px;
    overflow: hidden;
    border-radius: calc(var(--_radius) + 2px);
    background: ${pair('#f7f3ec', '#26231f')};
    mask:
      radial-gradient(circle ${hole}px at var(--_notch) 0, #0000 ${hole - 0.5}px, #000 ${hole}px) 0 0 / 100% 51% no-repeat,
      radial-gradient(circle ${hole}px at var(--_notch) 100%, #0000 ${hole - 0.5}px, #000 ${hole}px) 0 100% / 100% 51% no-repeat;
  }
  .ticket:dir(rtl) {
    --_notch: calc(100% - ${stub}px);
  }
  .stub {
    display: grid;
    place-content: center;
    block-size: calc(100% - ${hole * 2 + 8}px);
    padding-inline: 8px;
    overflow: hidden;
    border-inline-end: 2px dotted ${pair('#cfc6b6', '#57514a')};
    font-size: 20px;
    font-weight: 600;
    line-height: 24px;
    letter-spacing: -0.01em;
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
    color: var(--_sale);
  }
  .wordy {
    font-size: 14px;
    line-height: 18px;
  }
  .terms {
    display: grid;
    gap: 2px;
    padding-inline: 16px 10px;
  }
  .label,
  .until {
    display: flex;
    flex-wrap: wrap;
    column-gap: 6px;
    block-size: 18px;
    overflow: hidden;
    font-size: 12px;
    line-height: 18px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    color: var(--_muted);
  }
  .label {
    block-size: 16px;
    font-size: 11px;
    line-height: 16px;
  }
  .what,
  .terms span {
    overflow: hidden;
    max-inline-size: 100%;
    text-overflow: ellipsis;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .stub,
  .what,
  .terms span,
  .claim * {
    unicode-bidi: plaintext;
  }
  [part='disclosure'] {
    color: var(--_text);
  }
  .kind,
  .left {
    padding-inline-start: 6px;
    border-inline-start: 1px solid ${pair('#ddd5c7', '#46413b')};
  }
  .what {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 18px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .claim {
    all: unset;
    box-sizing: border-box;
    display: grid;
    place-content: center;
    grid-template-columns: minmax(0, auto);
    min-inline-size: 84px;
    max-inline-size: 128px;
    block-size: 48px;
    margin-inline-end: 14px;
    padding-inline: 12px;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_surface);
    font-size: 13px;
    font-weight: 500;
    line-height: 16px;
    text-align: center;
    cursor: pointer;
  }
  .claim:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .code {
    border: 1px dashed var(--_muted);
    background: var(--_surface);
    color: var(--_text);
  }
  .code b {
    overflow: hidden;
    font: 600 14px/18px ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    letter-spacing: 0.04em;
    text-overflow: ellipsis;
    white-space: nowrap;
    user-select: all;
  }
  .code span {
    font-size: 11px;
    color: var(--_muted);
  }
  .over .stub,
  .over .what {
    color: var(--_muted);
  }
  .empty {
    visibility: hidden;
  }
  .bone {
    inline-size: 60%;
    block-size: 10px;
    margin-block: 4px;
    border-radius: 3px;
    background: ${pair('#e9e2d5', '#3a3630')};
  }
  @media (forced-colors: active) {
    .ticket,
    .claim {
      border: 1px solid;
    }
  }
`
