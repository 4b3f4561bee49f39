import { css } from 'lit'
import { compactHeight } from './card-size.ts'

const timesHeight = 26

/** Nothing in it gives it height, so cues that come scroll inside it and never move the page. */
export const railStyles = css`
  :host {
    position: relative;
  }
  /* Its height where the page names none; where it does, that one. */
  :host::before {
    content: '';
    display: block;
    block-size: 360px;
    max-block-size: 100%;
  }
  .root {
    position: absolute;
    inset: 0;
  }
  .list {
    position: relative;
    block-size: 100%;
    margin: 0;
    padding: 2px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
    list-style: none;
  }
  .row {
    position: relative;
    display: block;
    padding: 0 0 14px 14px;
    padding-inline: 14px 0;
    content-visibility: auto;
    contain-intrinsic-size: auto ${timesHeight + compactHeight}px;
  }
  .row::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 2px;
    background: var(--_line);
  }
  .row[aria-current]::before {
    background: var(--_accent);
  }
  .row:focus {
    outline: none;
  }
  .row:focus::before,
  .row:has(.seen)::before {
    background: var(--_accent);
  }
  .seen {
    position: sticky;
    inset-inline-end: 0;
    flex: none;
    margin-inline-start: 4px;
    padding: 0 8px;
    border-radius: 9px;
    background: var(--_ground);
    color: var(--_text);
    font: 500 11px/18px var(--_font);
  }
  .row:last-child {
    padding-block-end: 0;
  }
  /* One line, however often it comes: what is under it keeps its place. */
  .times {
    display: flex;
    gap: 2px;
    align-items: center;
    block-size: ${timesHeight}px;
    margin-inline-start: -4px;
    overflow: hidden;
    scrollbar-width: none;
    white-space: nowrap;
    font: 500 12px/24px var(--_font);
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .times:has(button) {
    overflow-x: auto;
  }
  .times::-webkit-scrollbar {
    display: none;
  }
  .time {
    all: unset;
    flex: none;
    box-sizing: border-box;
    min-inline-size: 24px;
    padding-inline: 4px;
    text-align: start;
  }
  button.time {
    cursor: pointer;
  }
  [aria-current] .time:has(i:not([hidden])) {
    color: var(--_text);
  }
  button.time:hover {
    color: var(--_text);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .time:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
    border-radius: 3px;
  }
  .time i {
    display: inline-block;
    inline-size: 6px;
    block-size: 6px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--_accent);
    vertical-align: 1px;
  }
  /* Keeps its place, so that the time does not jump when it comes. */
  .time i[hidden] {
    visibility: hidden;
  }
  .empty {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: 24px;
    text-align: center;
    text-wrap: balance;
    color: var(--_muted);
  }
`
