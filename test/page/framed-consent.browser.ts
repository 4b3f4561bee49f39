import { expect } from 'chai'

// A message is from the window whose code sends it, so the code under test has to run in the frame.
const module = new URL('../../src/page/consent.ts', import.meta.url).href
const framed = `<!doctype html><script type="module">
  import { watchConsent } from '${module}'
  window.stop = watchConsent(window, (said) => parent.postMessage({ said }, '*'))
</script>`

type Framed = Window & { stop?: () => void }
type Call = { __tcfapiCall?: { command: string; version: number; callId: string; parameter?: unknown } }

const granted = { eventStatus: 'tcloaded', gdprApplies: true, listenerId: 7, purpose: { consents: { 1: true, 7: true, 8: true } } }

describe('consent in a frame', () => {
  let frame: HTMLIFrameElement
  let locator: HTMLIFrameElement
  let calls: NonNullable<Call['__tcfapiCall']>[]
  let answer: (value: object, as?: 'text') => void
  let said: Promise<string>

  const handleCall = ({ data, source }: MessageEvent<Call>): void => {
    const call = data?.__tcfapiCall
    if (!call) return
    calls.push(call)
    answer = (returnValue, as) => {
      const message = { __tcfapiReturn: { returnValue, success: true, callId: call.callId } }
      ;(source as Window).postMessage(as ? JSON.stringify(message) : message, '*')
    }
  }

  beforeEach(async () => {
    calls = []
    locator = document.createElement('iframe')
    locator.name = '__tcfapiLocator'
    frame = document.createElement('iframe')
    frame.srcdoc = framed
    addEventListener('message', handleCall)
    said = new Promise((resolve) => {
      addEventListener('message', function hear({ data }) {
        if (!data?.said) return
        removeEventListener('message', hear)
        resolve(data.said)
      })
    })
    document.body.append(locator, frame)
    await asked('addEventListener')
  })
  afterEach(() => {
    removeEventListener('message', handleCall)
    frame.remove()
    locator.remove()
  })

  async function asked(command: string): Promise<void> {
    while (!calls.some((it) => it.command === command)) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  it('is asked of the platform above', async () => {
    expect(calls[0]).to.include({ command: 'addEventListener', version: 2 })
    answer(granted)
    expect(await said).to.equal('granted')
  })

  it('is understood as text, as older platforms send it', async () => {
    answer({ ...granted, purpose: { consents: {} } }, 'text')
    expect(await said).to.equal('denied')
  })

  it('is not taken from a window that was not asked', async () => {
    const forged = { __tcfapiReturn: { returnValue: granted, success: true, callId: calls[0]!.callId } }
    const before = new Promise((resolve) => frame.contentWindow!.addEventListener('message', resolve, { once: true }))
    // The same words, from a sibling.
    const sibling = document.createElement('iframe')
    document.body.append(sibling)
    const script = sibling.contentDocument!.createElement('script')
    script.textContent = `parent.frames[${[...document.querySelectorAll('iframe')].indexOf(frame)}].postMessage(${JSON.stringify(forged)}, '*')`
    sibling.contentDocument!.body.append(script)
    await before
    answer({ ...granted, purpose: { consents: {} } })
    expect(await said).to.equal('denied')
    sibling.remove()
  })

  it('finds a platform that the page above is given later', async () => {
    locator.remove()
    frame.remove()
    calls = []
    frame = document.createElement('iframe')
    frame.srcdoc = framed
    document.body.append(frame)
    while (!(frame.contentWindow as Framed).stop) await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(calls).to.deep.equal([])
    document.body.append(locator)
    await asked('addEventListener')
    answer(granted)
    expect(await said).to.equal('granted')
  })

  it('hangs up when nobody listens any more', async () => {
    answer(granted)
    await said
    ;(frame.contentWindow as Framed).stop!()
    await asked('removeEventListener')
    expect(calls.at(-1)).to.include({ command: 'removeEventListener', parameter: 7 })
  })
})
