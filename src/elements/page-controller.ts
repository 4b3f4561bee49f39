import type { ReactiveControllerHost } from 'lit'
import type { Messages } from '../locale/en-more.ts'
import { allWords } from '../locale/messages.ts'
import { PageBasics } from './page-basics.ts'

/** What an element needs of its page, with all words there are. */
export class PageController extends PageBasics<Messages> {
  constructor(host: ReactiveControllerHost & HTMLElement) {
    super(host, allWords)
  }
}
