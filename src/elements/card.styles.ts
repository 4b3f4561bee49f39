import { css } from 'lit'
import { pair } from './tokens.styles.ts'
import { compactHeight, overVideoHeight, rowHeight } from './card-size.ts'

// Every line has its height, whatever stands in it: a card is as high while it waits as when it is ready.
export const cardStyles = css`
  :host {
    max-inline-size: 360px;
  }
  :host([layout='row']),
  :host([layout='compact']) {
    max-inline-size: 640px;
  }
  .card {
    position: relative;
    display: grid;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    isolation: isolate;
  }
  .picture {
    position: relative;
    overflow: hidden;
    aspect-ratio: 1;
    background: var(--_ground);
    isolation: isolate;
  }
  /* White photographs melt into the ground, and do not glare on dark pages. */
  .shot {
    background: #fff;
  }
  .shot::after {
    content: '';
    position: absolute;
    inset: 0;
    background: ${pair('#f6f4f0', '#dedbd6')};
    mix-blend-mode: multiply;
  }
  img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
    transition: scale 0.4s cubic-bezier(0.2, 0.6, 0.2, 1);
  }
  .card:hover img {
    scale: 1.025;
  }
  .none {
    display: grid;
    place-items: center;
    font-size: 40px;
    color: var(--_muted);
  }
  .flag {
    position: absolute;
    z-index: 1;
    inset-block-start: 10px;
    inset-inline-start: 10px;
    max-inline-size: calc(100% - 20px);
    padding: 0 8px;
    border-radius: 11px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 11px;
    line-height: 22px;
  }
  .body {
    display: grid;
    grid-template: 16px 4px 40px 6px 48px / minmax(0, 1fr);
    padding: 12px 14px 14px;
  }
  .label,
  .notes,
  .prices {
    font-size: 12px;
    color: var(--_muted);
  }
  .label {
    display: flex;
    gap: 6px;
    font-size: 11px;
    line-height: 16px;
  }
  .label *,
  .flag,
  .notes * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Words keep their own direction, and stand where the page's direction wants them. */
  .title,
  .flag,
  .label *,
  .money span {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  [part='disclosure'] {
    flex: none;
    max-inline-size: 100%;
    color: var(--_text);
  }
  .brand {
    padding-inline-start: 6px;
    border-inline-start: 1px solid var(--_line);
  }
  .title {
    grid-row: 3;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    color: inherit;
    font-weight: 500;
    line-height: 20px;
    text-decoration: none;
    overflow-wrap: anywhere;
    text-wrap: pretty;
    outline: none;
  }
  .title::after {
    content: '';
    position: absolute;
    z-index: 2;
    inset: 0;
    border-radius: inherit;
    cursor: pointer;
  }
  .card:focus-within:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: var(--_ring, 2px);
  }
  /* What does not fit into its line is wrapped out of sight as a whole, never cut in the middle. */
  .money {
    grid-row: 5;
    overflow: hidden;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .prices,
  .notes {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 6px;
    block-size: 24px;
    overflow: hidden;
    line-height: 24px;
  }
  .notes {
    column-gap: 8px;
  }
  .sum {
    color: var(--_text);
    font-size: 17px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .sale {
    color: var(--_sale);
  }
  [part='coupon'] {
    max-inline-size: 100%;
    padding-inline: 6px;
    border: 1px dashed var(--_muted);
    border-radius: 3px;
    line-height: 18px;
    color: var(--_text);
  }
  .out img {
    opacity: 0.45;
    filter: grayscale(1);
  }
  .out .sum {
    color: var(--_muted);
  }
  .empty {
    visibility: hidden;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .bone {
    align-self: center;
    inline-size: 40%;
    block-size: 10px;
    border-radius: 3px;
    background: var(--_ground);
  }
  .title.bone {
    inline-size: 85%;
  }

  .row {
    grid-template-columns: minmax(88px, ${rowHeight - 2}px) minmax(0, 1fr);
    block-size: ${rowHeight}px;
  }
  .row .picture,
  .compact .picture,
  .over-video .picture {
    aspect-ratio: auto;
    min-block-size: 0;
  }
  .row .body {
    grid-template-rows: 16px 4px auto 6px auto;
    align-content: center;
  }
  .compact {
    grid-template-columns: ${compactHeight - 2}px minmax(0, 1fr);
    block-size: ${compactHeight}px;
  }
  .compact .flag,
  .over-video .flag {
    inset: auto 4px 4px;
    padding: 0 4px;
    text-align: center;
    line-height: 18px;
  }
  .compact .body,
  .over-video .body {
    grid-template-rows: 16px 2px auto 2px 24px;
    align-content: center;
    padding-block: 0;
  }
  .compact .title {
    -webkit-line-clamp: 1;
  }
  .compact .money,
  .over-video .money {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 8px;
  }
  .compact .notes,
  .over-video .notes {
    display: contents;
  }
  .over-video {
    color-scheme: dark;
    --_text: #fff;
    --_muted: #d2cfc9;
    --_line: #ffffff2e;
    --_sale: #ffa899;
    --_surface: #171615d9;
    --_ground: #ffffff24;
    grid-template-columns: ${overVideoHeight - 2}px minmax(0, 1fr);
    block-size: ${overVideoHeight}px;
    color: var(--_text);
    backdrop-filter: blur(18px) saturate(1.4);
  }
  .over-video .title {
    font-size: 14px;
    line-height: 18px;
  }
  @media (prefers-reduced-motion: reduce) {
    img {
      transition: none;
    }
    .card:hover img {
      scale: none;
    }
  }
`
