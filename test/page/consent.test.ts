import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { watchConsent } from '../../src/page/consent.ts'
import { agreed, FakeGpp, FakeTcf, FakeUsp, FakeView, keepsIn, notApplied, optsOutOf, refused, section, shown, tcfStub } from './fake-platforms.ts'

const minute = 60_000

/** A page that asks its platforms, and what it has been told last. */
function ask(platforms: Partial<Pick<FakeView, '__tcfapi' | '__gpp' | '__uspapi'>> = {}) {
  const view = Object.assign(new FakeView(), platforms)
  const told: (string | undefined)[] = []
  const stop = watchConsent(view as unknown as Window, (said) => told.push(said))
  return { view, told, stop, said: () => told.at(-1) }
}

describe('a page that asks its consent platforms', () => {
  it('hears what was decided before it asked', () => {
    const { said } = ask({ __tcfapi: new FakeTcf({ ...agreed, eventStatus: 'tcloaded' }).call })
    assert.equal(said(), 'granted')
  })

  it('asks once more where a listener that came after the decision is not called', () => {
    const { view, said } = ask({ __tcfapi: new FakeTcf({ ...agreed, eventStatus: 'tcloaded' }, { mute: true }).call })
    assert.equal(said(), undefined)
    view.pass(1000)
    assert.equal(said(), 'granted')
  })

  it('takes back what it was told when the law applies after all', () => {
    const tcf = new FakeTcf(notApplied)
    const { said } = ask({ __tcfapi: tcf.call })
    assert.equal(said(), 'granted')
    tcf.say({ ...shown })
    assert.equal(said(), undefined)
    tcf.say(agreed)
    assert.equal(said(), 'granted')
  })

  it('decides nothing while the dialog is open, however long that takes', () => {
    const tcf = new FakeTcf(shown)
    const { view, said } = ask({ __tcfapi: tcf.call })
    view.pass(60 * minute)
    assert.equal(said(), undefined)
    tcf.say(agreed)
    assert.equal(said(), 'granted')
  })

  it('keeps the last answer while the reader is asked again', () => {
    const tcf = new FakeTcf(agreed)
    const { said } = ask({ __tcfapi: tcf.call })
    tcf.say(shown)
    assert.equal(said(), 'granted')
    tcf.say(refused)
    tcf.say(shown)
    assert.equal(said(), 'denied')
  })

  it('follows a reader who changes their mind, as often as they do', () => {
    const tcf = new FakeTcf(agreed)
    const { said } = ask({ __tcfapi: tcf.call })
    for (let n = 0; n < 5; n++) {
      tcf.say(refused)
      assert.equal(said(), 'denied')
      tcf.say(agreed)
      assert.equal(said(), 'granted')
    }
  })

  it('waits for ever on a stub that never answers, and asks it no more than twice', () => {
    const { call, taken } = tcfStub()
    const { view, said } = ask({ __tcfapi: call })
    view.pass(60 * minute)
    assert.equal(said(), undefined)
    assert.deepEqual(taken.map(([command]) => command), ['addEventListener', 'getTCData'])
  })

  it('is heard by the platform that plays back what its stub has taken down', () => {
    const { call, taken } = tcfStub()
    const { view, said } = ask({ __tcfapi: call })
    const tcf = new FakeTcf(agreed)
    view.pass(minute)
    view.__tcfapi = tcf.call
    taken.forEach((asked) => tcf.call(...asked))
    assert.equal(said(), 'granted')
  })

  it('asks anew the platform that forgets what its stub has taken down', () => {
    const { view, said } = ask({ __tcfapi: tcfStub().call })
    view.pass(minute)
    view.__tcfapi = new FakeTcf(agreed).call
    view.pass(5000)
    assert.equal(said(), 'granted')
  })

  for (const seconds of [1, 30, 600]) {
    it(`finds a platform that is there ${seconds} seconds later, within five`, () => {
      const { view, said } = ask()
      view.pass(seconds * 1000)
      view.__tcfapi = new FakeTcf(refused).call
      view.pass(5000)
      assert.equal(said(), 'denied')
    })
  }

  it('asks again a platform that threw, refused or had nothing to say', () => {
    const tcf = new FakeTcf(agreed)
    let calls = 0
    const { view, said } = ask({
      __tcfapi: (...asked: Parameters<FakeTcf['call']>) => {
        calls++
        if (calls === 1) throw new Error('not yet')
        if (calls === 2) return asked[2](null, false)
        tcf.call(...asked)
      },
    })
    assert.equal(said(), undefined)
    view.pass(5000)
    assert.equal(said(), 'granted')
  })

  it('lets no exception of its own into the platform', () => {
    const tcf = new FakeTcf(shown)
    const view = Object.assign(new FakeView(), { __tcfapi: tcf.call })
    watchConsent(view as unknown as Window, () => {
      throw new Error('of the page that asked')
    })
    tcf.say(agreed)
    tcf.say({ eventStatus: 'tcloaded', purpose: null } as never)
  })

  it('tells a new answer from what is asked, repeated, or none', () => {
    const [tcf, gpp, usp] = [new FakeTcf(agreed), new FakeGpp(keepsIn), new FakeUsp()]
    const view = Object.assign(new FakeView(), { __tcfapi: tcf.call, __gpp: gpp.call })
    let answered = false
    watchConsent(view as unknown as Window, (_, isAnswer) => (answered ||= isAnswer))
    const isAnswer = (happen: () => void): boolean => {
      answered = false
      happen()
      return answered
    }
    const repeated = () => gpp.say('cmpDisplayStatus', 'hidden', keepsIn)
    const late = (uspString: string) => () => {
      view.__uspapi = Object.assign(usp, { uspString }).call
      view.pass(10_000)
    }
    assert.deepEqual([() => tcf.say(shown), repeated, late('1---')].map(isAnswer), [false, false, false])
    assert.deepEqual([() => tcf.say(agreed), () => gpp.say('sectionChange', 'usnat', optsOutOf), late('1YNN')].map(isAnswer), [true, true, true])
  })

  it('hears GPP through its callbacks, once the signal is ready', () => {
    const gpp = new FakeGpp()
    const { said } = ask({ __gpp: gpp.call })
    assert.equal(said(), undefined)
    gpp.say('cmpStatus', 'loaded')
    assert.equal(said(), undefined)
    gpp.say('signalStatus', 'ready', keepsIn)
    assert.equal(said(), 'granted')
  })

  it('hears of a change of a GPP section, and keeps the last answer while it is made', () => {
    const gpp = new FakeGpp(keepsIn)
    const { said } = ask({ __gpp: gpp.call })
    assert.equal(said(), 'granted')
    gpp.say('cmpDisplayStatus', 'visible', { ...keepsIn, signalStatus: 'not ready' })
    assert.equal(said(), 'granted')
    gpp.say('sectionChange', 'usnat', optsOutOf)
    assert.equal(said(), 'denied')
    gpp.say('sectionChange', 'usnat', section({ SaleOptOut: 2, SharingOptOut: 2 }))
    assert.equal(said(), 'granted')
  })

  it('asks anew the GPP platform that takes its stub\'s place', () => {
    const { view, said } = ask({ __gpp: new FakeGpp().call })
    view.__gpp = new FakeGpp(optsOutOf).call
    view.pass(5000)
    assert.equal(said(), 'denied')
  })

  it('hears a US Privacy answer whenever it comes', () => {
    const usp = new FakeUsp('1YYN', { late: true })
    const { view, said } = ask({ __uspapi: usp.call })
    view.pass(20 * minute)
    assert.equal(said(), undefined)
    usp.answer()
    assert.equal(said(), 'denied')
  })

  it('looks again whether US Privacy has changed, since nobody tells', () => {
    const usp = new FakeUsp('1YNN')
    const { view, said } = ask({ __uspapi: usp.call })
    assert.equal(said(), 'granted')
    view.pass(10 * minute)
    usp.uspString = '1YYN'
    view.pass(5000)
    assert.equal(said(), 'denied')
  })

  it('does not take what one platform leaves open for granted by another', () => {
    const tcf = new FakeTcf(shown)
    const { said } = ask({ __tcfapi: tcf.call, __uspapi: new FakeUsp('1YNN').call })
    assert.equal(said(), undefined)
    tcf.say(agreed)
    assert.equal(said(), 'granted')
  })

  it('does not let a platform that never answers take away what the reader agreed to', () => {
    const { view, said } = ask({ __tcfapi: new FakeTcf(agreed).call, __gpp: new FakeGpp().call, __uspapi: new FakeUsp('1YNN', { late: true }).call })
    view.pass(minute)
    assert.equal(said(), 'granted')
  })

  it('lets the denial of one platform outweigh the grant of another', () => {
    const gpp = new FakeGpp(optsOutOf)
    const { said } = ask({ __tcfapi: new FakeTcf(agreed).call, __gpp: gpp.call, __uspapi: new FakeUsp('1YNN').call })
    assert.equal(said(), 'denied')
    gpp.say('sectionChange', 'usnat', keepsIn)
    assert.equal(said(), 'granted')
  })

  it('hangs up and leaves no timer when it stops, and hears nothing more', () => {
    const tcf = new FakeTcf(agreed)
    const gpp = new FakeGpp(keepsIn)
    const usp = new FakeUsp('1YYN', { late: true })
    const { view, told, stop } = ask({ __tcfapi: tcf.call, __gpp: gpp.call, __uspapi: usp.call })
    const before = told.length
    stop()
    usp.answer()
    view.pass(minute)
    assert.deepEqual([tcf.listeners.size, gpp.listeners.size, view.running, told.length - before], [0, 0, 0, 0])
  })
})
