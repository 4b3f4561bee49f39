import { expect } from 'chai'
import { patiently } from '../../src/page/patiently.ts'

describe('patience with a database', () => {
  const { setTimeout, clearTimeout } = globalThis
  /** Turns that are due, with what each was to wait for. */
  let due: { run: () => void; wait: number }[] = []
  const turn = (): number => {
    const { run, wait } = due.pop()!
    run()
    return wait
  }
  beforeEach(() => {
    due = []
    Object.assign(globalThis, { setTimeout: (run: () => void, wait: number) => due.push({ run, wait }), clearTimeout: () => (due = []) })
  })
  afterEach(() => Object.assign(globalThis, { setTimeout, clearTimeout }))

  it('ends after three seconds, and says so once', async () => {
    let givenUp = 0
    const answer = patiently(new Promise(() => {}), () => givenUp++).catch((error: Error) => error.message)
    let waited = 0
    while (due.length) waited += turn()
    expect([await answer, waited, givenUp]).to.deep.equal(['the database does not answer', 3000, 1])
  })

  it('is not at an end in a page that comes late to every turn', async () => {
    let hear = (_: string): void => {}
    const answer = patiently(new Promise<string>((resolve) => (hear = resolve)))
    for (let late = 0; late < 9; late++) turn()
    hear('here')
    expect(await answer).to.equal('here')
    await Promise.resolve()
    expect(due).to.deep.equal([])
  })
})
