import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { enMore } from '../../src/locale/en-more.ts'
import { allWords } from '../../src/locale/messages.ts'
import { speaker } from '../../src/locale/speaker.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'

describe('words', () => {
  it('are English until others are there', async () => {
    await new Promise<void>((loaded) => assert.equal(allWords('zh-CN', loaded), enMore))
    assert.equal(allWords('zh-CN', () => {}), zhCN)
  })
  it('are chosen by language', () => {
    assert.equal(allWords('zh-TW', () => {}), zhCN)
    assert.equal(allWords('en-GB', () => {}), enMore)
    assert.equal(allWords('fr', () => {}), enMore)
  })
  it('stay English when the others cannot be had, and are not asked for again', async () => {
    let asked = 0
    const speak = speaker('English', { xx: () => Promise.reject(new Error(String(asked++))) })
    await new Promise<void>((resolve) => void speak('xx', resolve))
    assert.equal(speak('xx', () => assert.fail('nothing more to load')), 'English')
    assert.equal(asked, 1)
  })
  it('say an offer as a Chinese shop does', () => {
    assert.equal(zhCN.offOver(zhCN.off('¥10'), '¥50'), '满¥50减¥10')
    assert.equal(zhCN.percentOff(20), '打8折')
    assert.equal(zhCN.percentOff(15), '打8.5折')
  })
  it('say the same things in every language', () => {
    const kinds = (table: object) => Object.entries(table).map(([key, it]) => [key, typeof it, typeof it === 'function' ? it.length : 0])
    assert.deepEqual(kinds(zhCN).sort(), kinds(enMore).sort())
  })
})
