// Runs in the page under test, before Kanmai. Its own words to the battery go by the automation channel, or to the
// battery's own server; never by what is tested.
{
  const names = ['select', 'impression', 'open', 'close', 'claim', 'copy', 'save', 'share']
  const { run } = document.currentScript.dataset
  const XHR = XMLHttpRequest
  /** Keys that a fresh key may not be taken for. */
  const given = new Set()
  let own = 0
  const page = Math.random().toString(36).slice(2)

  /** Tells the battery, and does not go on before it has heard. */
  const tell = (path) => {
    const request = new XHR()
    request.open('POST', path, false)
    request.send()
  }

  // An element's own event gets a key too, before Kanmai hears of it, and is on the ledger before that.
  for (const name of names) {
    addEventListener(
      `kanmai-${name}`,
      (event) => {
        if (given.has(event.list)) return
        event.list = `${run}-${page}-${own++}`
        tell(`/ledger/${run}/${event.list}`)
      },
      true,
    )
  }

  const taken = new Set()
  const waiting = new Map()
  window.dataLayer = {
    push({ list }) {
      taken.add(list)
      waiting.get(list)?.()
    },
  }

  // Of a connection that is refused no server knows.
  const { fetch } = window
  window.fetch = (url, init) => {
    if (String(url).endsWith('/signals')) battery.attempts.push(performance.timeOrigin + performance.now())
    return fetch(url, init)
  }

  const battery = (window.battery = {
    /** When a batch was fetched, milliseconds since 1970. */
    attempts: [],
    /** What escaped into the host page. */
    errors: [],
    /** How often the page was shown, and whether it came from the back/forward cache. */
    shown: [],
    /** Lets as many events happen as there are keys, as an element's. */
    take(keys, type = 'impression') {
      for (const list of keys) {
        given.add(list)
        const event = Object.assign(new Event(`kanmai-${type}`, { bubbles: true, composed: true }), { item: 'lamp', list })
        ;(document.querySelector('kanmai-card') ?? document.body).dispatchEvent(event)
      }
    },
    /** Resolves when Kanmai keeps its books; `key` is of an event that asks it to. */
    async ready(key) {
      // What happens before Kanmai is there is nobody's: WebKit's driver may ask earlier, and so does the page around a frame.
      if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve))
      const heard = new Promise((resolve) => waiting.set(key, resolve))
      battery.take([key], 'open')
      if (!taken.has(key)) await heard
    },
  })
  // A browser without an automation channel of its own asks for its errands, one after the other.
  const runErrands = async () => {
    for (;;) {
      const code = await (await fetch(`/errand/${run}`)).text()
      if (!code) continue
      const answer = await (0, eval)(code)
      await fetch(`/errand/${run}`, { method: 'POST', body: JSON.stringify({ answer }) })
    }
  }
  if (location.hash === '#errands') runErrands().catch(() => {})

  addEventListener('error', (event) => battery.errors.push(String(event.message)))
  addEventListener('unhandledrejection', (event) => battery.errors.push(String(event.reason)))
  addEventListener('pageshow', (event) => battery.shown.push(event.persisted))
}
