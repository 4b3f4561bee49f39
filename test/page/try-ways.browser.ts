import { expect } from 'chai'
import { tryWays } from '../../src/page/try-ways.ts'

/** A page of which a test says when it is hidden and when a while has passed. */
function fakePage() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const timers = new Map<number, () => void>()
  let last = 0
  const view = Object.assign(new EventTarget(), {
    document,
    setTimeout: (callback: () => void) => (timers.set(++last, callback), last),
    clearTimeout: (timer: number) => void timers.delete(timer),
  })
  return {
    view: view as unknown as Window,
    timers,
    pass() {
      const [[timer, callback] = []] = timers
      if (timer) timers.delete(timer)
      callback?.()
    },
    turn(state: 'hidden' | 'visible') {
      document.visibilityState = state
      document.dispatchEvent(new Event('visibilitychange'))
    },
    leave: () => view.dispatchEvent(new Event('pagehide')),
  }
}

describe('ways to leave a page', () => {
  let page: ReturnType<typeof fakePage>
  let tried: string[]
  const ways = (...names: string[]) => names.map((name) => () => void tried.push(name))
  beforeEach(() => {
    page = fakePage()
    tried = []
  })

  it('are tried one after the other, with one timer', () => {
    tryWays(page.view, ways('universal', 'app', 'web'))
    expect([tried, page.timers.size]).to.deep.equal([['universal'], 1])
    page.pass()
    expect([tried, page.timers.size]).to.deep.equal([['universal', 'app'], 1])
    page.pass()
    expect([tried, page.timers.size]).to.deep.equal([['universal', 'app', 'web'], 0])
  })

  it('end where the page is hidden, and do not go on when it is back', () => {
    tryWays(page.view, ways('app', 'web'))
    page.turn('hidden')
    page.turn('visible')
    page.pass()
    expect([tried, page.timers.size]).to.deep.equal([['app'], 0])
  })

  it('end where the page is left', () => {
    tryWays(page.view, ways('app', 'web'))
    page.leave()
    page.pass()
    expect(tried).to.deep.equal(['app'])
  })

  it('go on while the page only says that it is to be seen', () => {
    tryWays(page.view, ways('app', 'web'))
    page.turn('visible')
    page.pass()
    expect(tried).to.deep.equal(['app', 'web'])
  })

  it('can be given up', () => {
    tryWays(page.view, ways('app', 'web'))()
    page.pass()
    expect(tried).to.deep.equal(['app'])
  })
})
