import { css } from 'lit'

/** The open card, and the spot that it stands beside. */
export const overlayCardStyles = css`
  .spot {
    position: absolute;
    width: 0;
    height: 0;
    anchor-name: --kanmai-spot;
  }
  .card {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0;
    border: 0;
    width: min(300px, calc(100vw - 24px));
    max-width: none;
    max-height: calc(100vh - 24px);
    overflow: visible;
    background: none;
    color: inherit;
    display: none;
    pointer-events: auto;
  }
  .card.open {
    display: block;
    animation: rise 0.18s ease-out;
  }
  .card:focus {
    outline: none;
  }
  .card::backdrop {
    background: none;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  .close {
    position: absolute;
    top: -12px;
    inset-inline-end: -12px;
    width: 30px;
    height: 30px;
    border: 1px solid rgb(255 255 255 / 0.3);
    border-radius: 50%;
    background: #22211f;
    color: #fff;
  }
  .close:hover {
    background: #000;
  }
  .close:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .close svg {
    width: 12px;
    margin: 8px;
    stroke-width: 1.8;
  }

  @supports (position-area: right span-all) {
    .card {
      position-anchor: --kanmai-spot;
      position-area: right span-all;
      align-self: anchor-center;
      position-try-fallbacks: flip-inline, --above, --below;
      margin: 8px 26px;
    }
    @position-try --above {
      position-area: top span-all;
      align-self: end;
      justify-self: anchor-center;
      margin: 26px 8px;
    }
    @position-try --below {
      position-area: bottom span-all;
      align-self: start;
      justify-self: anchor-center;
      margin: 26px 8px;
    }
  }
  .card:modal {
    position-area: none;
    align-self: auto;
    inset: 0;
    margin: auto 24px auto auto;
    height: fit-content;
  }
`
