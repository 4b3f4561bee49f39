import { cardButton } from './card-button.ts'

/** Keeping a product for later: offered once there is a place for what is kept. */
export const saving = cardButton('save', () => import('./save-button.ts'))
