/** Milliseconds for which a link may be followed by mistake after it has come to where it is. */
export const settleMs = 300
