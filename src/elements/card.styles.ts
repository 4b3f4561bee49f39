import { css } from 'lit'
import { compactHeight, overVideoHeight, rowHeight } from './card-size.ts'

// What the first paint needs. Every line has its height, whatever stands in it, and every layout has its own: a card is
// as high while it waits as when it is ready.
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
  }
  .row {
    block-size: ${rowHeight}px;
  }
  .compact {
    block-size: ${compactHeight}px;
  }
  .over-video {
    block-size: ${overVideoHeight}px;
  }
  .picture {
    position: relative;
    overflow: hidden;
    aspect-ratio: 1;
    background: var(--_ground);
  }
  .none {
    display: grid;
    place-items: center;
    font-size: 40px;
    color: var(--_muted);
  }
  img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  .body {
    display: grid;
    grid-template: 16px 4px 40px 6px 48px / minmax(0, 1fr);
    padding: 12px 14px 14px;
  }
  .label,
  .money {
    font-size: 12px;
    color: var(--_muted);
    white-space: nowrap;
  }
  .label {
    display: flex;
    gap: 6px;
    font-size: 11px;
    line-height: 16px;
  }
  .label * {
    overflow: hidden;
    text-overflow: ellipsis;
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
    text-decoration: none;
    overflow-wrap: anywhere;
    outline: none;
  }
  .title::after {
    content: '';
    position: absolute;
    z-index: 2;
    inset: 0;
    cursor: pointer;
  }
  .money {
    grid-row: 5;
    overflow: hidden;
    font-variant-numeric: tabular-nums;
  }
  /* What does not fit into its line is wrapped out of sight as a whole, never cut in the middle. */
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
  .sum {
    color: var(--_text);
    font-size: 17px;
    font-weight: 600;
  }
  .sale {
    color: var(--_sale);
  }
  .sr {
    position: absolute;
    clip-path: inset(50%);
  }
  .bone {
    align-self: center;
    inline-size: 60%;
    block-size: 10px;
    border-radius: 3px;
    background: var(--_ground);
  }
  .title:focus-visible::after {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
    border-radius: var(--_radius);
  }
`
