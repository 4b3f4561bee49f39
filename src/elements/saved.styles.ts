import { css } from 'lit'
import { compactHeight } from './card-size.ts'

/** Side of the tray's button, in px. */
export const savedSize = 44

export const savedStyles = css`
  :host {
    display: inline-block;
    inline-size: ${savedSize}px;
    block-size: ${savedSize}px;
    vertical-align: middle;
  }
  .root {
    position: relative;
  }
  button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    touch-action: manipulation;
  }
  svg {
    display: block;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
    border-radius: 22px;
  }
  .toggle {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: ${savedSize}px;
    block-size: ${savedSize}px;
    border-radius: 50%;
    transition: background 0.15s;
  }
  .toggle:hover,
  .toggle[aria-expanded='true'] {
    background: var(--_ground);
  }
  .toggle svg {
    inline-size: 22px;
    block-size: 22px;
    stroke-width: 1.5;
  }
  .count {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 24px;
    min-inline-size: 18px;
    padding-inline: 5px;
    border-radius: 9px;
    background: var(--_sale);
    color: var(--_surface);
    font: 600 11px/18px var(--_font);
    font-variant-numeric: tabular-nums;
    text-align: center;
    animation: arrive 0.25s cubic-bezier(0.3, 1.6, 0.5, 1);
  }
  .count[hidden],
  .panel[hidden] {
    display: none;
  }

  .panel {
    position: absolute;
    z-index: 2147483646;
    inset: calc(100% + 8px) 0 auto auto;
    display: flex;
    flex-direction: column;
    inline-size: min(380px, calc(100vw - 16px));
    max-block-size: min(560px, calc(100vh - 96px));
    margin: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.6);
    padding: 0;
    background: var(--_surface);
    box-shadow:
      0 2px 6px rgb(0 0 0 / 0.06),
      0 18px 56px rgb(0 0 0 / 0.2);
    color: var(--_text);
    overflow: hidden;
    animation: open 0.2s cubic-bezier(0.2, 0.8, 0.2, 1);
  }
  .panel:popover-open {
    position: fixed;
    inset: var(--_y, 0) auto auto var(--_x, 0);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 8px 8px 4px;
    padding-inline-start: 20px;
  }
  h2 {
    margin: 0;
    font: 600 16px/40px var(--_font);
  }
  .close,
  .remove {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    color: var(--_muted);
  }
  .close:hover,
  .remove:hover {
    background: var(--_ground);
    color: var(--_text);
  }
  .close svg,
  .remove svg {
    inline-size: 12px;
    block-size: 12px;
    stroke-width: 1.5;
  }
  .list {
    margin: 0;
    padding: 0 8px 12px;
    padding-inline-start: 20px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) #0000;
    list-style: none;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 40px;
    gap: 4px;
    align-items: center;
    padding-block: 6px;
    border-block-start: 1px solid var(--_line);
  }
  .row:first-child {
    border: 0;
  }
  /* The panel is the card's frame, and its cross the card's button. */
  kanmai-card {
    --kanmai-line: #0000;
  }
  kanmai-card::part(save) {
    display: none;
  }
  .dead {
    display: grid;
    grid-template-columns: ${compactHeight - 2}px minmax(0, 1fr);
    block-size: ${compactHeight}px;
    color: var(--_muted);
    font: 400 12px/20px var(--_font);
  }
  .shot {
    display: grid;
    place-items: center;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_ground);
    font-size: 30px;
    filter: grayscale(1);
    opacity: 0.6;
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  .about {
    align-self: center;
    padding-inline: 14px;
  }
  b {
    display: block;
    overflow: hidden;
    color: var(--_text);
    font: 500 15px/20px var(--_font);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 28px 44px 48px;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .empty svg {
    inline-size: 32px;
    block-size: 32px;
    stroke-width: 1;
  }
  p {
    margin: 0;
  }
  footer {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    min-block-size: 48px;
    padding-inline: 20px;
    border-block-start: 1px solid var(--_line);
    background: var(--_ground);
    color: var(--_muted);
    font-size: 13px;
  }
  .gone {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .undo {
    flex: none;
    padding: 8px 4px;
    color: var(--_text);
    font-weight: 600;
  }
  .undo:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (max-width: 480px) {
    .panel:popover-open {
      inset: auto 0 0;
      inline-size: 100%;
      max-block-size: 78vh;
      border-width: 1px 0 0;
      border-radius: 18px 18px 0 0;
      padding-block-end: env(safe-area-inset-bottom);
      animation-name: sheet;
    }
  }
  @keyframes arrive {
    from {
      scale: 0.2;
    }
  }
  @keyframes open {
    from {
      opacity: 0;
      translate: 0 -6px;
    }
  }
  @keyframes sheet {
    from {
      translate: 0 40%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .count {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`
