import { css } from 'lit'

export const saveButtonStyles = css`
  .save {
    all: unset;
    position: absolute;
    z-index: 3;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_surface) 86%, #0000);
    color: var(--_text);
    cursor: pointer;
    touch-action: manipulation;
  }
  .save svg {
    inline-size: 19px;
    block-size: 19px;
    fill: #0000;
    stroke: currentcolor;
    stroke-width: 1.6;
    stroke-linejoin: round;
    transition: scale 0.2s cubic-bezier(0.3, 1.8, 0.5, 1);
  }
  .save:hover svg {
    scale: 1.12;
  }
  .save:active svg {
    scale: 0.9;
  }
  .save[aria-pressed='true'] {
    color: var(--_sale);
  }
  .save[aria-pressed='true'] svg {
    fill: currentcolor;
  }
  .save:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  /* Where the picture is small it stands beside the words, which make room. */
  :is(.row, .compact, .over-video) .save {
    background: none;
    inset-block-start: 4px;
    inset-inline-end: 4px;
  }
  :is(.row, .compact, .over-video):has(.save) .label {
    padding-inline-end: 30px;
  }
  :is(.compact, .over-video):has(.save) .title {
    padding-inline-end: 22px;
  }
  .save ~ .share {
    inset-inline-end: 50px;
  }
  :is(.row, .compact, .over-video) .save ~ .share {
    inset-inline-end: 40px;
  }
  :is(.row, .compact, .over-video):has(.save ~ .share) .label {
    padding-inline-end: 66px;
  }
  @media (prefers-reduced-motion: reduce) {
    .save svg {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .save {
      border: 1px solid ButtonText;
    }
    .save[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`
