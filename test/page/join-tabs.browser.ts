import { expect } from 'chai'
import { joinTabs } from '../../src/page/join-tabs.ts'

describe('joinTabs', () => {
  it('leads alone on a page that may not talk to other tabs', () => {
    const { BroadcastChannel } = window
    window.BroadcastChannel = class {
      constructor() {
        throw new DOMException('not here', 'SecurityError')
      }
    } as unknown as typeof BroadcastChannel
    const heard: string[] = []
    const controller = new AbortController()
    try {
      joinTabs<string>(window, 'alone', controller.signal, (message) => heard.push(message), (pass) => pass('pinned'))
    } finally {
      window.BroadcastChannel = BroadcastChannel
    }
    expect(heard).to.deep.equal(['pinned'])
    controller.abort()
  })
})
