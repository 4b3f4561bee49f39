import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Money } from '../contract/money.ts'
import { formatMoney } from '../core/money.ts'
import type { Speaker } from '../locale/speaker.ts'
import { AskController } from './ask-controller.ts'
import type { PageSettings } from './wish.ts'

/** The language written on the nearest ancestor, across shadow roots. */
function nearestLang(from: Element | undefined): string {
  const lang = from?.closest<HTMLElement>('[lang]')?.lang
  return lang ?? (from ? nearestLang((from.getRootNode() as Partial<ShadowRoot>).host) : '')
}

/** A locale that Intl understands. */
function known(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

/** What an element needs of its page: settings, language and words, the endpoint's time. Up to date before every render. */
export class PageBasics<W> implements ReactiveController {
  locale = 'en'
  words: W
  /** An amount as the page's language writes it. */
  readonly money = (money: Money): string => formatMoney(money, this.locale)

  private readonly host: ReactiveControllerHost & HTMLElement
  private readonly ask: AskController<'page'>
  private wanted = ''
  private readonly speak: Speaker<W>
  readonly wordsLoaded = (): void => this.host.requestUpdate()

  constructor(host: ReactiveControllerHost & HTMLElement, speak: Speaker<W>) {
    this.host = host
    this.speak = speak
    this.words = speak(this.locale, this.wordsLoaded)
    this.ask = new AskController<'page'>(host, () => ({ kind: 'page' }))
    host.addController(this)
  }

  get settings(): PageSettings | undefined {
    return this.ask.value
  }

  /** Class of the element's inner root: the page's colour scheme; without one the host page's own is followed. */
  get root(): string {
    return `root ${this.settings?.colorScheme ?? ''}`
  }

  /** Where product links open. */
  get target(): string {
    return this.settings?.target ?? '_blank'
  }

  /** Milliseconds since 1970, by the endpoint's clock when it is known. */
  now(): number {
    return this.settings?.now() ?? Date.now()
  }

  hostUpdate(): void {
    const wanted = this.settings?.locale ?? nearestLang(this.host)
    if (wanted !== this.wanted) this.locale = known((this.wanted = wanted))
    this.words = this.speak(this.locale, this.wordsLoaded)
  }
}
