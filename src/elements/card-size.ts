/** Sizes in px that the card, the feed and kanmai.css agree on. A card's height never depends on what it shows. */

/** Height of a grid card below its square picture, border included. */
export const gridBody = 140
export const rowHeight = 148
export const compactHeight = 82
export const overVideoHeight = 96
export const couponHeight = 96
