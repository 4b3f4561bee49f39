import { en, type Words } from './en.ts'
import { speaker } from './speaker.ts'

/** The words of a card. */
export const cardWords = speaker<Words>(en, { zh: () => import('./zh-CN.ts').then((it) => it.zhCN) })
