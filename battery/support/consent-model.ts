import type { ConsentMode } from '../../src/contract/page-config.ts'

/** What the reader, the page and the platforms have said, and what then may be done: written from the rules, not from the code. */
export class ConsentModel {
  tag: ConsentMode
  config: ConsentMode | undefined
  tcf: 'none' | 'open' | 'free' | 'granted' | 'denied' = 'none'
  gpp: 'none' | 'open' | 'free' | 'denied' = 'none'
  usp: 'none' | 'free' | 'denied' = 'none'
  gpc = false
  objected = false
  /** Taken back in another tab, and not given again here. */
  elsewhere = false

  constructor(tag: ConsentMode) {
    this.tag = tag
  }

  sayTcf(said: 'shown' | 'agreed' | 'refused' | 'free'): void {
    // Being asked again is no answer, nor is what was said before.
    if (said !== 'shown' && (said !== 'free' || this.tcf !== 'free')) this.elsewhere = false
    // A reader who is asked again keeps their last answer; that a law does not apply was none.
    if (said === 'shown') this.tcf = this.tcf === 'granted' || this.tcf === 'denied' ? this.tcf : 'open'
    else this.tcf = said === 'agreed' ? 'granted' : said === 'refused' ? 'denied' : 'free'
  }

  sayGpp(said: 'keeps in' | 'opts out' | 'not ready'): void {
    if (said === 'opts out' || (said === 'keeps in' && this.gpp !== 'free')) this.elsewhere = false
    if (said === 'not ready') this.gpp = this.gpp === 'none' ? 'open' : this.gpp
    else this.gpp = said === 'opts out' ? 'denied' : 'free'
  }

  sayUsp(said: '1YNN' | '1YYN' | '1---'): void {
    const usp = said === '1YNN' ? 'free' : said === '1YYN' ? 'denied' : 'none'
    if (usp !== 'none' && usp !== this.usp) this.elsewhere = false
    this.usp = usp
  }

  private get platforms(): 'granted' | 'denied' | 'open' {
    const words: string[] = [this.tcf, this.gpp, this.usp]
    if (this.elsewhere || words.includes('denied')) return 'denied'
    if (words.includes('granted')) return 'granted'
    return words.includes('free') && !words.includes('open') ? 'granted' : 'open'
  }

  /** `open`: nothing is decided, and nothing is stored meanwhile. */
  get holds(): 'granted' | 'denied' | 'open' {
    const said = [this.tag, this.config]
    if (this.objected || this.gpc || said.includes('none') || said.includes('essential')) return 'denied'
    return said.includes('auto') ? this.platforms : 'granted'
  }
}
