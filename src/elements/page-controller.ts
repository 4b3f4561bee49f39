import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Money } from '../contract/money.ts'
import { formatMoney } from '../core/money.ts'
import { en, type Messages } from '../locale/en.ts'
import { messagesFor } from '../locale/messages.ts'
import { AskController } from './ask-controller.ts'
import type { PageSettings } from './wish.ts'

/** The language written on the nearest ancestor, across shadow roots. */
function nearestLang(from: Element): string | undefined {
  for (let at: Element | undefined = from; at; at = (at.getRootNode() as Partial<ShadowRoot>).host) {
    const lang = at.closest<HTMLElement>('[lang]')?.lang
    if (lang) return lang
  }
}

function known(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0]
  } catch {
    return undefined
  }
}

/** What an element needs of its page: settings, language and words, the endpoint's time. Up to date before every render. */
export class PageController implements ReactiveController {
  locale = 'en'
  words: Messages = en
  /** An amount as the page's language writes it. */
  readonly money = (money: Money): string => formatMoney(money, this.locale)

  private readonly host: ReactiveControllerHost & HTMLElement
  private readonly ask: AskController<'page'>
  private readonly wordsLoaded = (): void => this.host.requestUpdate()

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.host = host
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
    this.locale = known(this.settings?.locale || nearestLang(this.host) || '') ?? 'en'
    this.words = messagesFor(this.locale, this.wordsLoaded)
  }
}
