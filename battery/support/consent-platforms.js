// Consent platforms as pages have them, in a page under test; `platforms.do('tcf:agreed')` is a word to them. Written from
// the specifications, and from what platforms do instead.
{
  // Of this run alone: all runs of an engine share an origin.
  const own = new RegExp(`/v1/${document.currentScript.dataset.run}( |$)`)
  const purposes = (yes) => ({ consents: { 1: yes, 7: yes, 8: yes }, legitimateInterests: {} })
  const tcfStates = {
    loading: { gdprApplies: undefined, eventStatus: undefined, cmpStatus: 'loading' },
    shown: { gdprApplies: true, eventStatus: 'cmpuishown' },
    agreed: { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: purposes(true) },
    loaded: { gdprApplies: true, eventStatus: 'tcloaded', purpose: purposes(true) },
    refused: { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: purposes(false) },
    unstored: { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: { 7: true, 8: true }, legitimateInterests: { 1: true } } },
    interest: { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: { 1: true }, legitimateInterests: { 7: true, 8: true } } },
    free: { gdprApplies: false, eventStatus: 'tcloaded' },
    empty: { gdprApplies: true, eventStatus: 'tcloaded' },
    nonsense: { gdprApplies: 'yes', eventStatus: 7, purpose: 'all' },
  }
  const section = (values, ids = [7]) => ({ signalStatus: 'ready', applicableSections: ids, parsedSections: { usnat: [values, { Gpc: false }] } })
  const pings = {
    loading: { signalStatus: 'not ready', cmpStatus: 'loading', parsedSections: {} },
    keeps: section({ SaleOptOut: 2, SharingOptOut: 2, TargetedAdvertisingOptOut: 2 }),
    sale: section({ SaleOptOut: 1 }),
    sharing: section({ SaleOptOut: 2, SharingOptOut: 1 }),
    state: { signalStatus: 'ready', applicableSections: [8], parsedSections: { usca: { SaleOptOut: 1 } } },
    stateKeeps: { signalStatus: 'ready', applicableSections: [8], parsedSections: { usca: { SaleOptOut: 2, SharingOptOut: 2 } } },
    gpc: { signalStatus: 'ready', applicableSections: [7], parsedSections: { usnat: [{ SaleOptOut: 2 }, { Gpc: true }] } },
    child: section({ SaleOptOut: 2, KnownChildSensitiveDataConsents: [1, 0] }),
    none: { signalStatus: 'ready', applicableSections: [-1], parsedSections: {} },
    europe: { signalStatus: 'ready', applicableSections: [2], parsedSections: { tcfeuv2: { PurposeConsents: Array(24).fill(true) } } },
    europeNo: { signalStatus: 'ready', applicableSections: [2], parsedSections: { tcfeuv2: { PurposeConsents: Array(24).fill(false) } } },
  }

  let tcf
  let gpp
  let stubbed = []

  const makeTcf = (state, mute) => {
    const listeners = new Map()
    let last = 0
    tcf = {
      say(next) {
        state = next
        for (const [listenerId, callback] of listeners) callback({ ...state, listenerId }, true)
      },
    }
    return (command, _version, callback, parameter) => {
      if (command === 'addEventListener') {
        listeners.set(++last, callback)
        if (!mute) callback({ ...state, listenerId: last }, true)
      } else if (command === 'removeEventListener') callback(listeners.delete(parameter), true)
      else if (command === 'getTCData') callback(state, true)
      else callback(null, false)
    }
  }
  const makeGpp = (ping) => {
    const listeners = new Map()
    let last = 0
    gpp = {
      say(next, eventName) {
        ping = next
        const data = eventName === 'signalStatus' ? next.signalStatus : 'usnat'
        for (const [listenerId, callback] of listeners) callback({ eventName, data, listenerId, pingData: ping }, true)
      },
    }
    return (command, callback, parameter) => {
      if (command === 'addEventListener') {
        listeners.set(++last, callback)
        callback({ eventName: 'listenerRegistered', data: true, listenerId: last, pingData: ping }, true)
      } else if (command === 'removeEventListener') callback({ eventName: 'listenerRemoved', data: listeners.delete(parameter) }, true)
    }
  }

  const words = {
    tcf(name) {
      if (tcf) tcf.say(tcfStates[name])
      else window.__tcfapi = makeTcf(tcfStates[name])
    },
    /** It calls nobody who registers, until something happens. */
    mute: (name) => void (window.__tcfapi = makeTcf(tcfStates[name], true)),
    /** A stub takes down what it is asked. */
    stub: () => void (window.__tcfapi = (...asked) => void stubbed.push(asked)),
    /** The platform takes its stub's place and plays back what that has taken down, or forgets it. */
    replay(name) {
      window.__tcfapi = makeTcf(tcfStates[name])
      for (const asked of stubbed) window.__tcfapi(...asked)
    },
    replace: (name) => void (window.__tcfapi = makeTcf(tcfStates[name])),
    /** It refuses who registers, and later does not. */
    refusing: () => void (window.__tcfapi = (_command, _version, callback) => callback(null, false)),
    throwing() {
      window.__tcfapi = () => {
        throw new Error('of the platform')
      }
    },
    gpp(name) {
      if (gpp) gpp.say(pings[name], 'signalStatus')
      else window.__gpp = makeGpp(pings[name])
    },
    section: (name) => gpp.say(pings[name], 'sectionChange'),
    /** Its stub knows nothing and calls back at once, and its platform takes over. */
    gppReplace: (name) => void (window.__gpp = makeGpp(pings[name])),
    usp(string) {
      window.__uspapi = (_command, _version, callback) => callback({ version: 1, uspString: string }, true)
    },
    uspLate(string) {
      window.__uspapi = (_command, _version, callback) => setTimeout(callback, 700, { version: 1, uspString: string }, true)
    },
    gpc(on) {
      Object.defineProperty(navigator, 'globalPrivacyControl', { value: on === 'on', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    /** Lets the frames below find it. */
    locator() {
      const frame = document.createElement('iframe')
      frame.name = '__tcfapiLocator'
      frame.hidden = true
      document.body.append(frame)
      addEventListener('message', ({ data, source }) => {
        const call = data?.__tcfapiCall
        if (!call) return
        window.__tcfapi(call.command, call.version, (returnValue, success) => {
          source.postMessage({ __tcfapiReturn: { returnValue, success, callId: call.callId } }, '*')
        }, call.parameter)
      })
    },
    wait: () => {},
  }

  /** Where Kanmai is: here, or in a frame. */
  const home = () => [...document.querySelectorAll('iframe')].map((it) => it.contentWindow).find((it) => it.battery) ?? window

  window.platforms = {
    async ready(key) {
      while (!home().battery) await new Promise((resolve) => setTimeout(resolve, 10))
      await home().battery.ready(key)
    },
    take: (key) => home().battery.take([key], 'claim'),
    online: () => void home().dispatchEvent(new Event('online')),
    do(step) {
      const [word, name] = step.split(':')
      words[word](name)
    },
    /** Names of what Kanmai has stored. */
    async kept() {
      const databases = (await indexedDB.databases()).map(({ name }) => name)
      const inTab = Object.keys(sessionStorage)
      return [...databases, ...inTab, ...Object.keys(localStorage)].filter((it) => own.test(it))
    },
    /** Does a step, and tells how long it took until nothing was kept any more, in milliseconds; -1 when that does not come. */
    async empties(step, longest) {
      const began = performance.now()
      platforms.do(step)
      while ((await platforms.kept()).length) {
        if (performance.now() - began > longest) return -1
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      return performance.now() - began
    },
  }
}
