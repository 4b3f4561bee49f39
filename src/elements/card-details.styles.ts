import { css } from 'lit'
import { compactHeight, overVideoHeight, rowHeight } from './card-size.ts'
import { pair } from './tokens.styles.ts'

// What may come after the first paint, for none of it moves anything; and the layouts that wait for it.
export const cardDetailsStyles = css`
  .picture,
  .card {
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
    transition: scale 0.4s cubic-bezier(0.2, 0.6, 0.2, 1);
  }
  .card:hover img {
    scale: 1.025;
  }
  .flag {
    position: absolute;
    z-index: 1;
    inset-block-start: 10px;
    inset-inline-start: 10px;
    max-inline-size: calc(100% - 20px);
    padding: 0 8px;
    overflow: hidden;
    border-radius: 11px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 11px;
    line-height: 22px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  :is(.compact, .over-video) .badge {
    display: none;
  }
  .title {
    text-wrap: pretty;
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
  .notes {
    line-height: 20px;
    column-gap: 8px;
  }
  .notes * {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  [part='coupon'] {
    max-inline-size: 100%;
    padding-inline: 6px;
    border: 1px dashed var(--_muted);
    border-radius: 3px;
    line-height: 18px;
    color: var(--_text);
  }
  .out_of_stock img {
    opacity: 0.45;
    filter: grayscale(1);
  }
  .out_of_stock .sum {
    color: var(--_muted);
  }
  .empty {
    visibility: hidden;
  }

  .row {
    grid-template-columns: minmax(88px, ${rowHeight - 2}px) minmax(0, 1fr);
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
