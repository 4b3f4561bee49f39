import { css } from 'lit'
import { pair } from './tokens.styles.ts'

/** Least width of what can be pressed, in px. */
export const target = 24
/** Height that a bar of its own takes, in px, titles of chapters included. */
export const markersHeight = 48

export const markersStyles = css`
  :host {
    position: relative;
    block-size: ${markersHeight}px;
  }
  :host([over]) {
    position: absolute;
    inset: 0;
    block-size: auto;
    pointer-events: none;
  }
  .root {
    position: relative;
    block-size: 100%;
    --_tick: var(--kanmai-markers-tick, var(--_text));
    --_track: var(--kanmai-markers-track, ${pair('#d6d2ca', '#4b4844')});
    --_done: var(--kanmai-markers-played, var(--_accent));
    --_inset: var(--kanmai-markers-inset, 0px);
    --_edge: var(--_surface);
  }
  .over {
    --_tick: var(--kanmai-markers-tick, #fff);
    --_edge: #0000008c;
  }
  .bar {
    position: absolute;
    inset: 0 var(--_inset) auto;
    block-size: 30px;
    direction: var(--kanmai-markers-direction, ltr);
  }
  .over .bar {
    inset-block: 0;
    block-size: auto;
  }
  button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    touch-action: manipulation;
  }
  [aria-disabled] {
    cursor: default;
  }

  .segment {
    --_gap: 2px;
    position: absolute;
    inset-block: 0;
    cursor: pointer;
  }
  .over .segment {
    pointer-events: none;
  }
  /* The bar itself: the ground, and upon it what was played. Two px of nothing part a chapter from the next. */
  .segment::before,
  .segment::after {
    content: '';
    position: absolute;
    inset-block: 13px;
    inset-inline-start: 0;
    inline-size: calc(100% - var(--_gap));
    border-radius: 2px;
    background: var(--_track);
    transition: scale 0.16s ease-out;
  }
  .segment:nth-last-child(1 of .segment) {
    --_gap: 0px;
  }
  /* Cut to size and not drawn in part: only boxes know which way the bar runs, for :dir() tells of the page. */
  .segment::after {
    inline-size: calc((100% - var(--_gap)) * var(--_played, 0));
    background: var(--_done);
  }
  .alone:hover .segment:hover::before,
  .alone:hover .segment:hover::after {
    scale: 1 1.75;
  }
  /* Over another's seek bar only the cuts are ours. */
  .over .segment::before {
    inset-block: 50% auto;
    block-size: var(--kanmai-markers-cut, 6px);
    inset-inline: -1px auto;
    inline-size: 2px;
    margin-block-start: calc(var(--kanmai-markers-cut, 6px) / -2);
    border-radius: 0;
    background: var(--_edge);
  }
  .over .segment::after,
  .over .segment:first-child::before {
    display: none;
  }
  .title {
    position: absolute;
    inset: 30px 8px auto 0;
    overflow: hidden;
    color: var(--_muted);
    font: 400 12px/16px var(--_font);
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
    pointer-events: none;
    unicode-bidi: plaintext;
  }
  [hidden] {
    display: none;
  }
  [aria-current] .title {
    color: var(--_text);
    font-weight: 500;
  }

  .tick {
    position: absolute;
    inset-block: 0;
    inline-size: ${target}px;
    min-block-size: ${target}px;
    margin-inline-start: ${-target / 2}px;
    display: grid;
    place-items: center;
    pointer-events: auto;
  }
  .over .tick {
    margin-block: auto;
    block-size: 100%;
    inset-block: min(0px, (100% - ${target}px) / 2);
  }
  .tick i {
    box-sizing: border-box;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 5px;
    background: var(--_tick);
    box-shadow: 0 0 0 2px var(--_edge);
    font: 600 10px/16px var(--_font);
    text-align: center;
    transition: scale 0.16s cubic-bezier(0.3, 1.6, 0.5, 1);
  }
  .tick .many {
    inline-size: 18px;
    block-size: 16px;
    border-radius: 8px;
    color: ${pair('#fff', '#1d1c1b')};
    font-variant-numeric: tabular-nums;
  }
  .over .tick .many {
    color: #1c1b19;
  }
  .tick.now i {
    outline: 1.5px solid var(--_tick);
    outline-offset: 2.5px;
  }
  .tick:hover i,
  .tick:focus-visible i {
    scale: 1.3;
  }
  .tick:focus-visible,
  .segment:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
    border-radius: 6px;
  }
  .over :is(.tick, .segment):focus-visible {
    outline-color: #fff;
    box-shadow: 0 0 0 4px #000000b8;
  }

  .tip {
    position: absolute;
    z-index: 3;
    inset-block-end: calc(100% + 2px);
    left: 0;
    display: flex;
    flex-direction: column;
    gap: 10px;
    translate: -50%;
    padding: 7px 11px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 0.18);
    color: var(--_text);
    font: 400 13px/18px var(--_font);
    white-space: nowrap;
    pointer-events: none;
    animation: rise 0.14s ease-out;
  }
  .tip.under {
    inset-block: calc(100% + 2px) auto;
  }
  .tip:not(.goods) {
    flex-direction: row;
    align-items: baseline;
  }
  .tip.goods {
    inline-size: 256px;
    padding: 10px;
    white-space: normal;
  }
  .item {
    display: grid;
    grid-template-columns: 56px minmax(0, 1fr);
    gap: 12px;
    align-items: center;
  }
  .shot {
    display: grid;
    place-items: center;
    block-size: 56px;
    overflow: hidden;
    border-radius: calc(var(--_radius) / 1.5);
    background: var(--_ground);
    color: var(--_muted);
    font-size: 22px;
  }
  img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  b {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    font-weight: 500;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
  }
  .time {
    display: flex;
    gap: 8px;
    align-items: baseline;
    margin-block-start: 2px;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .sum {
    color: var(--_text);
    font-size: 13px;
    font-weight: 600;
  }
  .more {
    padding-inline-start: 68px;
    color: var(--_muted);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: -50% 4px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .segment::before {
      background: GrayText;
      forced-color-adjust: none;
    }
    .segment::after {
      background: Highlight;
      forced-color-adjust: none;
    }
    .tick i {
      background: ButtonText;
      color: ButtonFace;
      forced-color-adjust: none;
    }
  }
`
