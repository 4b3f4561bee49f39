/** A page's platforms, what happens to them, and what then holds. */
export interface ConsentScript {
  name: string
  /** Words to the platforms (`consent-platforms.js`) before Kanmai is there. */
  before: string[]
  /**
   * What happens, each with what holds afterwards: `+` granted; `-` not, and what was kept is gone at once; `~` not, once
   * the page has looked for platforms again. `take` is an event, `down` and `up` are the endpoint's.
   */
  steps: { word: string; then: '+' | '-' | '~' }[]
  /** The platform is on the page around that of Kanmai. */
  framed?: boolean
  consent: string
}

function script(name: string, before: string, steps: string, more: Partial<ConsentScript> = {}): ConsentScript {
  const all = steps.split(' ').map((it) => ({ word: it.slice(0, -1), then: it.at(-1) as '+' }))
  return { name, before: before ? before.split(' ') : [], steps: all, consent: 'auto', ...more }
}

/** Undelivered events at a revocation, and events of the time after it. */
const revoked = 'take+ down+ take+ tcf:refused- take- up-'

export const consentScripts: ConsentScript[] = [
  script('nobody is asked', '', 'take- wait- take-'),
  script('listener registered after tcloaded', 'tcf:loaded', `wait+ ${revoked}`),
  script('listener registered after tcloaded and not called', 'mute:loaded', `wait+ ${revoked}`),
  script('the first answer is that the law does not apply, the next that it does', 'tcf:free', 'wait+ take+ down+ take+ tcf:shown- take- tcf:agreed+ take+ up+'),
  script('the law does not apply, and then is refused', 'tcf:free', `wait+ ${revoked}`),
  script('the dialog stays open', 'tcf:shown', 'take- wait- take- wait- take-'),
  script('the dialog is answered with yes', 'tcf:shown', `take- tcf:agreed+ ${revoked}`),
  script('the dialog is answered with no', 'tcf:shown', 'take- tcf:refused- take-'),
  script('consent comes late', 'tcf:loading', `take- wait- wait- wait- tcf:agreed+ ${revoked}`),
  script('a stub that never answers', 'stub', 'take- wait- wait- take-'),
  script('a stub whose platform plays back', 'stub', `take- wait- replay:agreed+ ${revoked}`),
  script('a stub whose platform forgets', 'stub', `take- wait- replace:agreed+ ${revoked}`),
  script('a stub whose platform is refused', 'stub', 'take- replay:refused- take-'),
  script('a platform that comes seconds later', '', `take- wait- wait- tcf:loaded+ ${revoked}`),
  script('a platform that comes late and asks', '', 'take- wait- tcf:shown- take- tcf:agreed+ take+'),
  script('a platform that refuses whoever registers', 'refusing', `take- wait- replace:agreed+ ${revoked}`),
  script('a platform that throws', 'throwing', `take- wait- replace:agreed+ ${revoked}`),
  script('a platform that says nonsense', 'tcf:nonsense', 'take- tcf:agreed+ take+ tcf:refused- take-'),
  script('a platform without purposes', 'tcf:empty', 'take- wait- tcf:agreed+ take+'),
  script('storage by legitimate interest is none', 'tcf:unstored', 'take- tcf:agreed+ take+ tcf:unstored- take-'),
  script('measurement by legitimate interest', 'tcf:interest', `wait+ ${revoked}`),
  script('asked again, and no new answer', 'tcf:agreed', 'wait+ take+ tcf:shown+ take+ tcf:refused- tcf:shown- take-'),
  script('granted, denied, granted', 'tcf:agreed', 'take+ down+ take+ tcf:refused- take- tcf:agreed+ take+ up+ take+'),
  script('denied, granted, denied', 'tcf:refused', 'take- tcf:agreed+ down+ take+ tcf:refused- take- up-'),
  script('flapping', 'tcf:agreed', 'down+ take+ tcf:refused- take- tcf:agreed+ take+ tcf:refused- take- tcf:agreed+ take+ tcf:refused- take- up-'),
  script('flapping and staying granted', 'tcf:refused', 'take- tcf:agreed+ take+ tcf:refused- tcf:agreed+ take+ tcf:refused- tcf:agreed+ take+'),
  script('the law comes and goes', 'tcf:free', 'wait+ tcf:shown- tcf:free+ take+ tcf:shown- take-'),
  script('GPP whose signal is not ready', 'gpp:loading', 'take- wait- take-'),
  script('GPP that becomes ready', 'gpp:loading', 'take- gpp:keeps+ take+ down+ take+ section:sale- take- up-'),
  script('GPP that was ready', 'gpp:keeps', 'wait+ take+ section:sharing- take-'),
  script('GPP that is asked again', 'gpp:keeps', 'wait+ take+ gpp:loading+ take+ section:sale- gpp:loading- take-'),
  script('GPP opted out, and in again', 'gpp:sale', 'take- section:keeps+ down+ take+ section:sale- take- up-'),
  script('GPP of one state', 'gpp:state', 'take- section:stateKeeps+ take+ section:state- take-'),
  script('GPP with the browser\'s opt-out', 'gpp:gpc', 'take- wait- take-'),
  script('GPP with a known child', 'gpp:child', 'take- section:keeps+ take+ section:child- take-'),
  script('GPP where no law applies', 'gpp:none', 'take- wait- take-'),
  script('GPP with the European section', 'gpp:europe', 'wait+ take+ section:europeNo- take-'),
  script('GPP whose stub gives way', 'gpp:loading', 'take- gppReplace:keeps+ take+ section:sale- take-'),
  script('GPP that comes late', '', 'take- wait- gpp:keeps+ take+ section:sale- take-'),
  script('US Privacy without an opt-out', 'usp:1YNN', 'wait+ take+ usp:1YYN~ take-'),
  script('US Privacy with an opt-out', 'usp:1YYN', 'take- wait- take-'),
  script('US Privacy that does not apply', 'usp:1---', 'take- wait- take-'),
  script('US Privacy that answers late', 'uspLate:1YNN', 'wait+ take+'),
  script('US Privacy that denies late', 'uspLate:1YYN', 'take- wait- take-'),
  script('US Privacy that is opted into again', 'usp:1YYN', 'take- usp:1YNN+ take+ usp:1YYN~ take-'),
  script('US Privacy that comes late', '', 'take- wait- usp:1YNN+ take+'),
  script('the browser opts out', 'tcf:agreed gpc:on', 'take- wait- take-'),
  script('the browser begins to opt out', 'tcf:agreed', 'wait+ down+ take+ gpc:on- take- up-'),
  script('the browser no longer opts out', 'tcf:agreed gpc:on', 'take- gpc:off+ take+ gpc:on- take-'),
  script('the browser opts out of what the host grants', 'gpc:on', 'take- wait- take-', { consent: 'granted' }),
  script('the browser begins to opt out of what the host grants', '', 'wait+ down+ take+ gpc:on- take- up-', { consent: 'granted' }),
  script('the host says essential, the platform yes', 'tcf:agreed', 'take- wait- take-', { consent: 'essential' }),
  script('the host says none, the platform yes', 'tcf:agreed', 'wait- wait-', { consent: 'none' }),
  script('US Privacy grants while TCF still asks', 'tcf:shown usp:1YNN', 'take- wait- tcf:agreed+ take+ tcf:refused- take-'),
  script('US Privacy grants, TCF comes late and asks', 'usp:1YNN', 'wait+ take+ tcf:shown~ take- tcf:agreed+ take+'),
  script('GPP denies what TCF grants', 'tcf:agreed gpp:sale', 'take- section:keeps+ take+ section:sale- take-'),
  script('TCF grants while GPP is never ready', 'tcf:agreed gpp:loading', `wait+ ${revoked}`),
  script('a platform on the page around', 'tcf:shown locator', `take- tcf:agreed+ ${revoked}`, { framed: true }),
  script('a platform on the page around that has decided', 'tcf:loaded locator', `wait+ ${revoked}`, { framed: true }),
  script('a platform on the page around that comes late', '', 'take- wait- tcf:agreed- locator+ take+ tcf:refused- take-', { framed: true }),
]
