import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { itemFinder, readItemNames, slugOf } from '../../src/cli/item-names.ts'
import { newDirectory } from './run-kanmai.ts'

const items = [
  { id: 'arc-lamp', title: 'Arc lamp', url: 'https://shop.example/a' },
  { id: 'x-17', title: 'Vase (blue)', url: 'https://shop.example/b' },
  { id: 'x-18', title: '台灯', url: 'https://shop.example/c' },
  { id: 'x-19', title: 'Chair', url: 'https://shop.example/d' },
  { id: 'x-20', title: 'Chair', url: 'https://shop.example/e' },
  { id: '7', title: 'Seven', url: 'https://shop.example/f' },
]

describe('itemFinder', () => {
  const cases: [string, readonly string[], string | undefined][] = [
    ['what was said, before anything else', ['#3', 'arc-lamp'], 'x-20'],
    ['an item’s id', ['#9', 'x-17'], 'x-17'],
    ['an id in other letters', ['Arc_Lamp'], 'arc-lamp'],
    ['a title', ['#9', 'vase blue'], 'x-17'],
    ['a Chinese title', ['台灯'], 'x-18'],
    ['the first name that anything has', ['nobody', 'x-17'], 'x-17'],
    ['no title that two items share', ['chair'], undefined],
    ['no object’s number', ['#7'], undefined],
    ['nothing for no name', [], undefined],
  ]
  for (const [what, names, item] of cases) {
    it(`finds ${what}`, () => assert.equal(itemFinder(new Map([['#3', 'x-20']]), items)(names), item))
  }
})

describe('readItemNames', () => {
  it('reads pairs, and a table whose labels may hold commas', () => {
    assert.deepEqual([...readItemNames('lamp=arc-lamp, #7 = vase')], [['lamp', 'arc-lamp'], ['#7', 'vase']])
    const home = newDirectory()
    try {
      const file = join(home, 'items.csv')
      writeFileSync(file, '\ufefflabel,item\n"lamp, tall",arc-lamp\nvase\n,x\n')
      assert.deepEqual([...readItemNames(file)], [['label', 'item'], ['lamp, tall', 'arc-lamp']])
    } finally {
      rmSync(home, { recursive: true })
    }
  })
  it('says what it cannot read', () => {
    assert.throws(() => readItemNames('lamp=a=b'), /--items has lamp=a=b/)
    assert.throws(() => readItemNames('nowhere.csv'), /--items is nowhere\.csv/)
  })
})

describe('slugOf', () => {
  it('keeps letters of any script', () => assert.deepEqual(['Arc  Lamp!', 'Ｖａｓｅ', '台灯 A'].map(slugOf), ['arc-lamp', 'vase', '台灯-a']))
})
