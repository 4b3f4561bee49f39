import { css } from 'lit'
import { compactColumn, gap, gridColumn } from './card-size.ts'

export const feedStyles = css`
  .track {
    position: relative;
  }
  .list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(${gridColumn}px, 50% - ${gap / 2 + 0.5}px), 1fr));
    gap: ${gap}px;
    padding-block: var(--_before, 0) var(--_after, 0);
  }
  .compact .list {
    grid-template-columns: repeat(auto-fill, minmax(min(${compactColumn}px, 100%), 1fr));
  }
  kanmai-card {
    max-inline-size: none;
  }
  /* Where cards are left out; when an edge comes near, others are rendered. */
  .edge {
    position: absolute;
    inset: 0 0 auto;
    block-size: var(--_before, 0);
  }
  .edge + .edge {
    inset: auto 0 0;
    block-size: var(--_after, 0);
  }

  .row {
    overflow: auto hidden;
    scrollbar-width: none;
    scroll-snap-type: inline proximity;
    overscroll-behavior-inline: contain;
  }
  .row::-webkit-scrollbar {
    display: none;
  }
  .row .track {
    inline-size: max-content;
  }
  .row .list {
    grid-template-columns: none;
    grid-auto-flow: column;
    grid-auto-columns: ${gridColumn}px;
    padding-block: 0;
    padding-inline: var(--_before, 0) var(--_after, 0);
  }
  .row [role='listitem'] {
    scroll-snap-align: start;
  }
  .row .edge {
    inset-block: 0;
    inset-inline: 0 auto;
    block-size: auto;
    inline-size: var(--_before, 0);
  }
  .row .edge + .edge {
    inset-inline: auto 0;
    inline-size: var(--_after, 0);
  }
`
