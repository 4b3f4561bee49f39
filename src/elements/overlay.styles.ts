import { css } from 'lit'

/**
 * @cssprop --kanmai-safe-top - pixels (or %) at the player's upper edge that belong to its own controls; markers keep clear
 * @cssprop --kanmai-safe-right - the same at its right edge
 * @cssprop --kanmai-safe-bottom - the same at its lower edge; instead of what is known or measured of the player
 * @cssprop --kanmai-safe-left - the same at its left edge
 */
export const overlayStyles = css`
  :host,
  .root {
    position: absolute;
    width: 0;
    height: 0;
  }
  :host {
    z-index: 1;
    pointer-events: none;
  }
  .layer {
    position: absolute;
    inset: auto;
    margin: 0;
    border: 0;
    padding: 0;
    background: none;
    overflow: visible;
    /* Players give what is slotted into them the pointer's events. */
    pointer-events: none;
    transform-origin: 0 0;
    --_marker: var(--kanmai-marker-color, #fff);
    --_size: var(--kanmai-marker-size, 14px);
    --_target: max(28px, var(--_size) + 14px);
  }
  .layer:popover-open {
    position: fixed;
  }
  .resting .markers {
    display: none;
  }
  /* Not all: unset: markers come by the dozen, and browsers take long over every property of each. */
  button,
  a {
    margin: 0;
    border: 0;
    padding: 0;
    background: none;
    cursor: pointer;
    pointer-events: auto;
    -webkit-tap-highlight-color: transparent;
  }
  svg {
    display: block;
    fill: none;
    stroke: #fff;
    stroke-linecap: round;
  }

  .marker {
    position: absolute;
    left: calc(var(--_target) / -2);
    top: calc(var(--_target) / -2);
    width: var(--_target);
    height: var(--_target);
    border-radius: 50%;
    touch-action: manipulation;
    visibility: hidden;
    will-change: transform;
  }
  .marker.shown {
    visibility: visible;
  }
  .dot,
  .dot::before,
  .dot::after {
    position: absolute;
    inset: 0;
    margin: auto;
    border-radius: 50%;
  }
  .dot {
    width: var(--_size);
    height: var(--_size);
    background: var(--_marker);
    box-shadow:
      0 0 0 0.5px rgb(0 0 0 / 0.28),
      0 0 10px rgb(0 0 0 / 0.4);
    transition: transform 0.2s ease-out;
  }
  .dot::before,
  .dot::after {
    inset: -6px;
    border: 1.5px solid var(--_marker);
    opacity: 0.7;
    background: rgb(255 255 255 / 0.16);
    filter: drop-shadow(0 0 1px rgb(0 0 0 / 0.35));
  }
  .dot::before,
  [part]:not(.calm) .dot::after {
    content: '';
  }
  .dot::after {
    opacity: 0;
    background: none;
  }
  /* Markers are built before their second, and appear at it; of a crowd none draws the eye to itself. */
  [part]:not(.calm) .dot {
    animation: appear 0.32s ease-out;
  }
  [part]:not(.calm) .dot::after {
    animation: pulse 1.4s ease-out 0.2s;
  }
  .marker:is(:hover, :focus-visible, [aria-expanded='true']) .dot {
    transform: scale(1.18);
  }
  .layer :focus-visible {
    outline: 2px solid #fff;
    outline-offset: 1px;
    box-shadow: 0 0 0 5px rgb(0 0 0 / 0.75);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: scale(0.3);
    }
  }
  @keyframes pulse {
    from {
      opacity: 0.8;
    }
    to {
      opacity: 0;
      transform: scale(2);
    }
  }

  .label {
    position: absolute;
    inset-block: 0;
    left: calc(100% + 3px);
    margin-block: auto;
    height: 28px;
    gap: 8px;
    padding: 0 11px;
    border-radius: 14px;
    background: rgb(22 21 20 / 0.86);
    color: #fff;
    font: 500 13px/28px var(--_font);
    white-space: nowrap;
    pointer-events: none;
    /* Gone, not just unseen: what reaches over the picture's edge would widen the page. */
    display: none;
    animation: label 0.15s ease-out;
    --_from: -4px;
  }
  @keyframes label {
    from {
      opacity: 0;
      transform: translateX(var(--_from));
    }
  }
  .flipped .label {
    left: auto;
    right: calc(100% + 3px);
    --_from: 4px;
  }
  .label b {
    font-weight: 500;
    color: rgb(255 255 255 / 0.72);
    font-variant-numeric: tabular-nums;
  }
  .name {
    max-width: 200px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .marker:is(:hover, :focus-visible) {
    z-index: 1;
  }
  .marker:is(:hover, :focus-visible):not([aria-expanded='true']) .label {
    display: flex;
  }

  /* Said without a press, for a press already leads to the shop. */
  .ad {
    position: absolute;
    inset-block: 0;
    left: calc(100% - 1px);
    margin-block: auto;
    height: 18px;
    padding: 0 6px;
    border-radius: 9px;
    background: rgb(22 21 20 / 0.72);
    color: #fff;
    font: 500 11px/18px var(--_font);
    white-space: nowrap;
  }
  .flipped .ad {
    left: auto;
    right: calc(100% - 1px);
  }
  .ad + .label {
    inset: auto auto calc(100% + 2px) 0;
  }
  .flipped .ad + .label {
    left: auto;
    right: 0;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .dot {
      background: ButtonText;
      outline: 2px solid ButtonFace;
      forced-color-adjust: none;
    }
    .label,
    .badge,
    .ad,
    .close,
    .corner button {
      border: 1px solid ButtonText;
      background: ButtonFace;
    }
    svg {
      stroke: ButtonText;
    }
  }
`
