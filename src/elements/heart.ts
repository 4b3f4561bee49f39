import { svg } from 'lit'

/** A heart in a box of 24; its style says whether it is filled. */
export const heart = svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20.4 4.3 12.9a5.1 5.1 0 0 1 0-7.3 5.2 5.2 0 0 1 7.3 0l.4.4.4-.4a5.2 5.2 0 0 1 7.3 0 5.1 5.1 0 0 1 0 7.3Z"/></svg>`
