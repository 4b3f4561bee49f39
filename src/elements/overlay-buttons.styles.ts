import { css } from 'lit'

/** The buttons in the picture's corners: the badge below, what hides and what fills the screen above. */
export const overlayButtonsStyles = css`
  .corner {
    position: absolute;
    top: calc(var(--_top, 0px) + 8px);
    inset-inline-end: calc(var(--_end, 0px) + 8px);
    display: flex;
    gap: 2px;
  }
  .corner button {
    width: 32px;
    height: 32px;
    border-radius: 50%;
    opacity: 0.82;
    transition:
      opacity 0.15s,
      background-color 0.15s;
  }
  .corner button:is(:hover, :focus-visible) {
    opacity: 1;
    background: rgb(22 21 20 / 0.72);
  }
  .corner svg {
    width: 14px;
    margin: 9px;
    stroke-width: 1.6;
    stroke-linejoin: round;
    filter: drop-shadow(0 0 2px rgb(0 0 0 / 0.7));
  }

  .badge {
    position: absolute;
    bottom: calc(var(--_bottom, 0px) + 12px);
    inset-inline-start: calc(var(--_start, 0px) + 12px);
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: min(280px, 80%);
    height: 34px;
    padding-inline: 11px 14px;
    border-radius: 17px;
    background: rgb(22 21 20 / 0.86);
    color: #fff;
    font: 500 13px/34px var(--_font);
    white-space: nowrap;
    animation: appear 0.32s ease-out;
  }
  .small .badge {
    bottom: calc(var(--_bottom, 0px) + 8px);
    inset-inline-start: calc(var(--_start, 0px) + 8px);
    height: 28px;
    font: 500 12px/28px var(--_font);
  }
  .badge::before {
    content: '';
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_marker);
    box-shadow: 0 0 0 3px rgb(255 255 255 / 0.22);
  }
`
