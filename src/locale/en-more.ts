import { en } from './en.ts'
import { enDetails } from './en-details.ts'

/** All words in English, the measure of every other language: a table without one of these does not compile. */
export const enMore = {
  ...en,
  ...enDetails,
  ordersOver: (threshold: string) => `On orders over ${threshold}`,
  copy: 'Copy code',
  copied: 'Copied',
  codeCopied: (code: string) => `Code ${code} copied`,
  claim: 'Get coupon',
  shop: 'Shop now',
  ended: 'Ended',
  gone: 'All gone',
  left: (count: string) => `${count} left`,
  startsOn: (moment: string) => `From ${moment}`,
  endsOn: (moment: string) => `Until ${moment}`,
  endsIn: (time: string) => `Ends in ${time}`,

  feed: 'Suggested products',
  close: 'Close',

  markers: 'Products in the picture',
  products: (count: string) => `${count} products`,
  rail: 'Products in this film',
  railEmpty: 'Products appear here as they are shown',
  onScreen: 'On screen now',
  hideMarkers: 'Hide products',
  fullscreen: 'Full screen',
  leaveFullscreen: 'Leave full screen',
  seenAway: 'Shown while you were away',
  nowShown: (names: string) => `Now shown: ${names}`,
  jumpTo: (time: string) => `Jump to ${time}`,

  moments: 'Products and chapters of the film',
  chapter: (title: string) => `Chapter: ${title}`,

  shelf: 'Seen in the film',
  shelfWaits: 'When the film ends, what you saw in it stands here',
  youSaw: 'What you saw',
  alsoShown: 'Also in this film',
  replay: 'Watch again',

  save: (title: string) => `Save ${title} for later`,
  share: (title: string) => `Share ${title}`,
  linkCopied: 'Link copied',
  saved: 'Saved for later',
  savedCount: (count: string) => `Saved for later: ${count}`,
  savedEmpty: 'Nothing here yet. Press the heart on a product to keep it.',
  savedBriefly: 'Kept until you leave this page',
  unavailable: 'No longer available',
  remove: (title: string) => `Remove ${title}`,
  removed: (title: string) => `${title} removed`,
  undo: 'Undo',
}

export type Messages = typeof enMore
