import { expect } from 'chai'
import { watchTags } from '../../src/page/watch-tags.ts'
import { boot } from '../../src/runtime/boot.ts'
import { aPublisher, FakeEndpoint, isTaken, listenToPage } from './fake-endpoint.ts'

function scriptTag(data: Record<string, string>): HTMLScriptElement {
  const script = document.createElement('script')
  // Never put on the page, and so never loaded.
  script.src = 'https://cdn.example/kanmai/kanmai.js'
  Object.assign(script.dataset, data)
  return script
}
const put = (tag: string, attributes: Record<string, string> = {}) => {
  const element = document.body.appendChild(document.createElement(tag))
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

describe('the script tag', () => {
  let endpoint: FakeEndpoint
  let page: ReturnType<typeof listenToPage>
  let stop = () => {}
  const urls: string[] = []
  const loaded: string[] = []
  const tags = (...names: string[]) => Object.fromEntries(names.map((name) => [name, async () => void loaded.push(name)]))
  const begin = (data: Record<string, string>, loaders = {}) => {
    const { fetch } = endpoint.wire
    stop = boot(scriptTag(data), loaders, { ...endpoint.wire, fetch: (url, init) => (urls.push(url), fetch(url, init)) })
  }

  beforeEach(() => {
    endpoint = new FakeEndpoint()
    page = listenToPage()
    urls.length = loaded.length = 0
  })
  afterEach(() => {
    stop()
    page.stop()
    document.body.replaceChildren()
    expect(page.escaped).to.deep.equal([])
  })

  it('needs a publisher, and says so', async () => {
    begin({})
    await page.line()
    expect(page.lines).to.deep.equal(['[kanmai] no publisher: give the script tag its data-publisher="…", and let it stand in the page'])
    expect(isTaken()).to.equal(false)
  })

  it('takes its own origin for the endpoint', async () => {
    const publisher = aPublisher()
    begin({ publisher })
    await endpoint.until(() => urls.length > 0)
    expect(urls[0]).to.equal(`https://cdn.example/v1/${publisher}/config`)
  })

  it('asks for the items of the markup before their code is there, and loads only the tags of the page', async () => {
    put('kanmai-card', { item: 'lamp-1' })
    put('kanmai-coupon', { item: 'lamp-2' })
    begin({ publisher: aPublisher() }, tags('kanmai-card', 'kanmai-coupon', 'kanmai-rail'))
    await endpoint.until(() => endpoint.asked.length > 1)
    expect(endpoint.asked).to.include('/items?ids=lamp-1,lamp-2')
    expect(loaded).to.deep.equal(['kanmai-card', 'kanmai-coupon'])
  })

  it('loads a tag that comes later, and says once of an unknown one what is wrong', async () => {
    begin({ publisher: aPublisher() }, tags('kanmai-late'))
    put('div').append(document.createElement('kanmai-late'), document.createElement('kanmai-late'))
    put('kanmai-crad')
    put('kanmai-crad')
    await page.line()
    expect(loaded).to.deep.equal(['kanmai-late'])
    expect(page.lines).to.deep.equal(['[kanmai] <kanmai-crad> is no tag of this version: correct its name, or load a newer kanmai.js'])
  })

  it('says which tag does not load', async () => {
    put('kanmai-lost')
    begin({ publisher: aPublisher() }, { 'kanmai-lost': () => Promise.reject(new Error('404')) })
    await page.line()
    expect(page.lines[0]).to.equal('[kanmai] <kanmai-lost> could not be loaded: let the page reach the folder that kanmai.js comes from')
  })

  it('stands down when another copy was first', async () => {
    begin({ publisher: aPublisher() })
    const first = stop
    put('kanmai-second')
    begin({ publisher: 'other' }, tags('kanmai-second'))
    await page.line()
    expect(page.lines[0]).to.match(/already started/)
    expect(loaded).to.deep.equal([])
    first()
  })
})

describe('the tags of a page', () => {
  it('are told once each, now and later, until it is stopped', async () => {
    const found: string[] = []
    put('kanmai-now')
    const stop = watchTags(document, (tag) => found.push(tag))
    put('div').innerHTML = '<p><kanmai-inner></kanmai-inner><kanmai-now></kanmai-now></p>'
    await new Promise((resolve) => requestAnimationFrame(resolve))
    stop()
    put('kanmai-after')
    await new Promise((resolve) => requestAnimationFrame(resolve))
    document.body.replaceChildren()
    expect(found).to.deep.equal(['kanmai-now', 'kanmai-inner'])
  })
})
