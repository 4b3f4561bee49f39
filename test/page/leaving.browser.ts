import { expect } from 'chai'
import { watchLeaving } from '../../src/page/leaving.ts'

interface Destination {
  sameDocument: boolean
}
class FakeNavigateEvent extends Event {
  constructor(
    readonly destination: Destination,
    readonly downloadRequest: string | null = null,
  ) {
    super('navigate')
  }
}

describe('a page that comes and goes', () => {
  it('hears that a link is being followed to another page, and of nothing less', () => {
    const heard: string[] = []
    const note = (word: string) => () => void heard.push(word)
    const navigation = new EventTarget()
    const view = Object.assign(new EventTarget(), { document, navigation }) as unknown as Window
    const stop = watchLeaving(view, { go: note('go'), leave: note('leave'), freeze: note('freeze'), resume: note('resume') })
    navigation.dispatchEvent(new FakeNavigateEvent({ sameDocument: true }))
    navigation.dispatchEvent(new FakeNavigateEvent({ sameDocument: false }, 'catalogue.pdf'))
    expect(heard).to.deep.equal([])
    navigation.dispatchEvent(new FakeNavigateEvent({ sameDocument: false }))
    view.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    view.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    expect(heard).to.deep.equal(['go', 'freeze', 'resume'])
    stop()
    navigation.dispatchEvent(new FakeNavigateEvent({ sameDocument: false }))
    expect(heard.length).to.equal(3)
  })

  it('hears when the browser freezes a tab in the background', () => {
    const heard: string[] = []
    const note = (word: string) => () => void heard.push(word)
    const stop = watchLeaving(window, { go: note('go'), leave: note('leave'), freeze: note('freeze'), resume: note('resume') })
    document.dispatchEvent(new Event('freeze'))
    document.dispatchEvent(new Event('resume'))
    stop()
    document.dispatchEvent(new Event('freeze'))
    expect(heard).to.deep.equal(['freeze', 'resume'])
  })

  it('does without where browsers do not tell', () => {
    const view = Object.assign(new EventTarget(), { document }) as unknown as Window
    watchLeaving(view, { go() {}, leave() {}, freeze() {}, resume() {} })()
  })
})
