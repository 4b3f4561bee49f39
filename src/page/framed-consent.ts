/** A platform's own name for its calls, and whether a call says the version of the API. */
const calls = {
  __tcfapi: { locator: '__tcfapiLocator', call: '__tcfapiCall', answer: '__tcfapiReturn', versioned: true },
  __gpp: { locator: '__gppLocator', call: '__gppCall', answer: '__gppReturn', versioned: false },
  __uspapi: { locator: '__uspapiLocator', call: '__uspapiCall', answer: '__uspapiReturn', versioned: true },
} as const

type Name = keyof typeof calls
type Callback = (value: unknown, success: boolean) => void

/** The nearest window above with a frame of this name: that is how a platform tells the frames below where it is. */
function homeOf(view: Window, locator: string): Window | undefined {
  for (let at: Window = view; at !== at.parent; ) {
    at = at.parent
    try {
      if (at.frames[locator as never]) return at
    } catch {
      // A window of another origin shows its frames by name all the same; one that does not has none for us.
    }
  }
  return undefined
}

/**
 * Consent platforms of a page that this one is framed in, called by messages as their specifications say. Nothing secret
 * is sent, and an answer counts only from the window that was asked.
 */
export function framedPlatforms(view: Window): { platform(name: Name): unknown; stop(): void } {
  const callers = new Map<Name, unknown>()
  const waiting = new Map<string, { from: Window; callback: Callback }>()
  let last = 0

  function handleMessage({ data, source }: MessageEvent): void {
    let message = data as Record<string, unknown> | null
    if (typeof data === 'string' && data.includes('Return')) {
      try {
        message = JSON.parse(data) as Record<string, unknown>
      } catch {
        return
      }
    }
    if (!message || typeof message !== 'object') return
    for (const { answer } of Object.values(calls)) {
      const given = message[answer] as { callId?: unknown; returnValue?: unknown; success?: unknown } | undefined
      if (!given || typeof given !== 'object') continue
      const asked = waiting.get(String(given.callId))
      if (asked?.from === source) asked.callback(given.returnValue, given.success === true)
    }
  }

  function caller(name: Name, home: Window): unknown {
    const { call, versioned } = calls[name]
    return (command: string, ...rest: unknown[]) => {
      const version = versioned ? rest.shift() : undefined
      const [callback, parameter] = rest as [Callback, unknown]
      const callId = `kanmai-${++last}`
      waiting.set(callId, { from: home, callback })
      home.postMessage({ [call]: { command, callId, ...(versioned && { version }), ...(parameter !== undefined && { parameter }) } }, '*')
    }
  }

  view.addEventListener('message', handleMessage)
  return {
    // The page above may be given its platform later.
    platform(name) {
      const home = callers.has(name) ? undefined : homeOf(view, calls[name].locator)
      if (home) callers.set(name, caller(name, home))
      return callers.get(name)
    },
    stop: () => view.removeEventListener('message', handleMessage),
  }
}
