import { enMore, type Messages } from './en-more.ts'
import { speaker } from './speaker.ts'

/** All words there are. */
export const allWords = speaker<Messages>(enMore, { zh: () => import('./zh-CN.ts').then((it) => it.zhCN) })
