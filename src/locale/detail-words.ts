import { enDetails, type DetailWords } from './en-details.ts'
import { speaker } from './speaker.ts'

/** The words of a card's details. */
export const detailWords = speaker<DetailWords>(enDetails, { zh: () => import('./zh-CN.ts').then((it) => it.zhCN) })
