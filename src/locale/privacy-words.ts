import { privacyEn, type PrivacyMessages } from './privacy-en.ts'
import { speaker } from './speaker.ts'

/** The words of `<kanmai-privacy>`. */
export const privacyWords = speaker<PrivacyMessages>(privacyEn, { zh: () => import('./privacy-zh-CN.ts').then((it) => it.privacyZhCN) })
