import { css } from 'lit'
import { gridBody } from './card-size.ts'

/** Width of a card on the shelf, and height of the shelf, in px: the same whatever stands on it. */
const cardWidth = 180
const nameHeight = 44
export const shelfHeight = cardWidth + gridBody + nameHeight + 8

export const shelfStyles = css`
  :host {
    position: relative;
    block-size: ${shelfHeight}px;
  }
  :host([over]) {
    position: absolute;
    z-index: 2;
    inset: 0 auto auto 0;
    inline-size: 0;
    block-size: 0;
  }
  .under {
    position: absolute;
    inset: 0;
  }
  .waiting {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: 24px;
    border: 1px dashed var(--_line);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .shelf {
    position: relative;
    block-size: 100%;
    animation: come 0.4s ease-out;
  }
  .row {
    display: flex;
    gap: 36px;
    block-size: 100%;
    overflow: auto hidden;
    overscroll-behavior-x: contain;
    scroll-snap-type: x proximity;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) #0000;
  }
  /* A name that scrolls under the button to play again fades out before it. */
  .row {
    -webkit-mask:
      linear-gradient(#000, #000) 0 ${nameHeight}px / 100% 100% no-repeat,
      linear-gradient(to var(--_end, right), #000 calc(100% - 200px), #0000 calc(100% - 150px)) 0 0 / 100% ${nameHeight}px no-repeat;
  }
  .row:dir(rtl) {
    --_end: left;
  }
  .group {
    flex: none;
  }
  .name {
    position: sticky;
    inset-inline-start: 0;
    inline-size: max-content;
    font: 600 16px/${nameHeight}px var(--_font);
  }
  ul {
    display: flex;
    gap: 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    flex: none;
    inline-size: ${cardWidth}px;
    scroll-snap-align: start;
    animation: card 0.45s cubic-bezier(0.2, 0.7, 0.2, 1) backwards;
  }
  li:nth-child(2) {
    animation-delay: 0.06s;
  }
  li:nth-child(3) {
    animation-delay: 0.12s;
  }
  li:nth-child(n + 4) {
    animation-delay: 0.18s;
  }
  .tools {
    position: absolute;
    z-index: 1;
    inset: 4px 0 auto auto;
    inset-inline: auto 0;
    display: flex;
    gap: 4px;
  }
  button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    touch-action: manipulation;
  }
  .replay {
    display: flex;
    gap: 8px;
    align-items: center;
    block-size: 36px;
    padding-inline: 12px 16px;
    border: 1px solid var(--_line);
    border-radius: 18px;
    background: var(--_surface);
    font: 500 14px/34px var(--_font);
  }
  .close {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
  }
  button:hover {
    border-color: currentcolor;
  }
  .close:hover {
    background: #ffffff24;
  }
  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  svg {
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .over .shelf {
    position: absolute;
    display: grid;
    align-content: end;
    padding: 16px clamp(16px, 3%, 32px);
    overflow: hidden;
    background: linear-gradient(rgb(12 11 10 / 0.55), rgb(12 11 10 / 0.86));
    color: #fff;
    backdrop-filter: blur(14px);
  }
  .over .row {
    block-size: auto;
    scrollbar-color: #ffffff4d #0000;
  }
  .over .tools {
    inset-block-start: 12px;
    inset-inline-end: 12px;
  }
  .over .replay {
    border-color: #ffffff59;
    background: none;
  }
  .over button:focus-visible {
    outline-color: #fff;
  }
  .over-video li {
    inline-size: 268px;
  }
  @keyframes come {
    from {
      opacity: 0;
    }
  }
  @keyframes card {
    from {
      opacity: 0;
      translate: 0 14px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .over .shelf {
      background: Canvas;
      backdrop-filter: none;
    }
  }
`
