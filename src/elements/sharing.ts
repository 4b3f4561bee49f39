import { cardButton } from './card-button.ts'

/** Sharing a product: offered once there is an app that does it. */
export const sharing = cardButton('share', () => import('./share-button.ts'))
