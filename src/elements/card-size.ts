/** Sizes in px that the card, the feed and kanmai.css agree on. A card's height never depends on what it shows. */

/** Height of a grid card below its square picture, border included. */
export const gridBody = 140
export const rowHeight = 148
export const compactHeight = 82
export const overVideoHeight = 96
export const couponHeight = 96

/** Between the cards of a feed. */
export const gap = 16
/** Least width of a card in a feed's grid, and its width in a carousel; on a narrow screen two stand side by side. */
export const gridColumn = 208
export const compactColumn = 288
