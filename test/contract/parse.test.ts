import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parse } from '../../src/contract/parse.ts'
import { CueSheet } from '../../src/contract/cue.ts'
import { ItemList } from '../../src/contract/item.ts'
import { PageConfig, themeTokens } from '../../src/contract/page-config.ts'
import { Signal, signalTypes } from '../../src/contract/signal.ts'

const lamp = { id: 'arc-lamp', title: 'Arc lamp', url: 'https://shop.example/arc-lamp?ref={ref}' }
const usd = (minor: unknown) => ({ minor, currency: 'USD' })

describe('parse', () => {
  it('drops a bad entry, names it by path and keeps the rest', () => {
    const good = { ...lamp, price: { now: usd(19900) } }
    const { value, issues } = parse(ItemList, {
      items: [good, good, good, { ...lamp, price: { now: usd('12') } }, { ...lamp, id: 'last' }],
    })
    assert.deepEqual(issues, ['items[3].price.now.minor: expected an integer, received "12"'])
    assert.deepEqual(value?.items.map((item) => item.id), ['arc-lamp', 'arc-lamp', 'arc-lamp', 'last'])
  })

  it('drops a bad offer and keeps its item', () => {
    const { value, issues } = parse(ItemList, { items: [{ ...lamp, offers: [{ kind: 'gift' }, { kind: 'code', code: 'WARM' }] }] })
    assert.equal(issues.length, 1)
    assert.match(issues[0]!, /^items\[0\]\.offers\[0\]\.kind: expected one of code, .*received "gift"$/)
    assert.deepEqual(value?.items[0]?.offers, [{ kind: 'code', code: 'WARM' }])
  })

  it('names a missing value', () => {
    assert.deepEqual(parse(ItemList, { items: [{ id: 'x', url: lamp.url }] }).issues, ['items[0].title: expected a value, received undefined'])
  })

  it('takes null for missing, without a word', () => {
    const { value, issues } = parse(CueSheet, {
      media: { id: 'film', duration: null },
      cues: [{ id: 'c', item: 'x', start: 1, end: null, at: null }],
      items: [],
    })
    assert.deepEqual(issues, [])
    assert.deepEqual(value?.cues, [{ id: 'c', item: 'x', start: 1 }])
  })

  it('drops an entry whose required value is null', () => {
    const { value } = parse(ItemList, { items: [{ ...lamp, title: null }, lamp] })
    assert.deepEqual(value, { items: [lamp] })
  })

  it('drops a bad optional field outside of lists and keeps its owner', () => {
    const { value, issues } = parse(PageConfig, {
      publisher: 'demo',
      theme: { accent: 'red;background:url(//x)', radius: '12px', nonsense: '1' },
      placements: { end: { layout: 'grid' }, bad: { layout: 'pyramid' } },
    })
    assert.deepEqual(issues.map((it) => it.split(':')[0]), ['theme.accent', 'placements.bad.layout'])
    assert.deepEqual(value?.theme, { radius: '12px' })
    assert.deepEqual(value?.placements, { end: { layout: 'grid' }, bad: {} })
  })

  it('has nothing to keep when the root is nonsense', () => {
    assert.deepEqual(parse(ItemList, '<html>', 'items'), { value: undefined, issues: ['items: expected an object, received "<html>"'] })
    assert.equal(parse(ItemList, { items: 5 }).value, undefined)
  })

  for (const url of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:x', 'data:text/html,x', '//evil.example', 'https:\\\\evil', 'https://a b', 'ftp://x', 'https://', 'https://[', 'https://a.example:99999', 'https:///', 'https://shop.example/\ud800', 'https://{ref}/', 'https://shop.{ref}', 'https://{ref}@shop.example/', 'https://shop.example:{ref}/']) {
    it(`refuses ${JSON.stringify(url)} as a link`, () => {
      assert.equal(parse(ItemList, { items: [{ ...lamp, url }] }).value?.items.length, 0)
    })
  }

  it('refuses a cue that ends before it starts', () => {
    const { value, issues } = parse(CueSheet, { media: { id: 'm' }, items: [], cues: [{ id: 'c', item: 'x', start: 5, end: 4 }] })
    assert.deepEqual(value?.cues, [])
    assert.deepEqual(issues, ['cues[0]: expected an end after its start'])
  })

  it('does not change what it reads', () => {
    const input = Object.freeze({ items: Object.freeze([Object.freeze({ ...lamp, title: 5 })]) })
    parse(ItemList, input)
    assert.equal(input.items[0]!.title, 5)
  })

  it('survives a cycle', () => {
    const item: Record<string, unknown> = { ...lamp, title: 5 }
    item['self'] = item
    item['price'] = item
    assert.deepEqual(parse(ItemList, { items: [item] }).value, { items: [] })
  })

  it('never throws, and what it keeps it would keep again', () => {
    const near = fc.record(
      { id: fc.anything(), title: fc.oneof(fc.string(), fc.anything()), url: fc.oneof(fc.webUrl(), fc.anything()), price: fc.anything(), offers: fc.array(fc.anything()) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ items: fc.oneof(fc.array(near), fc.anything()) })), (input) => {
        const { value } = parse(ItemList, input)
        if (value) assert.deepEqual(parse(ItemList, value), { value, issues: [] })
      }),
      { numRuns: 2000 },
    )
  })

  it('lets nothing onto the prototype', () => {
    const { value } = parse(PageConfig, JSON.parse('{"publisher":"p","__proto__":{"enabled":false},"placements":{"__proto__":{"layout":"grid"}}}'))
    assert.equal(value?.enabled, undefined)
    assert.equal(({} as Record<string, unknown>)['layout'], undefined)
  })
})

describe('a theme', () => {
  const keeps = (token: string, value: unknown) =>
    (parse(PageConfig, { publisher: 'p', theme: { [token]: value } }).value?.theme as Record<string, unknown> | undefined)?.[token] === value

  for (const value of ['#fff', '#1c1b19ff', 'rebeccapurple', 'rgb(1 2 3 / 50%)', 'hsla(120deg, 10%, 20%, .5)', 'oklch(70% 0.1 200)', 'color-mix(in oklab, red 40%, #fff)', 'light-dark(#fff, rgb(0,0,0))']) {
    it(`takes ${value} as a colour`, () => assert.ok(keeps('accent', value)))
  }
  for (const value of ['0', '12px', '0.5em', '99999px', '50%']) it(`takes ${value} as a length`, () => assert.ok(keeps('radius', value)))
  for (const value of ['Inter', 'system-ui, sans-serif', '"PingFang SC", \'Noto Sans CJK SC\'', '思源黑体, serif', '-apple-system']) {
    it(`takes ${value} as fonts`, () => assert.ok(keeps('font', value)))
  }
  const hostile = [
    'var(--x)', 'env(x)', 'attr(x)', 'url(//x)', 'u\\72l(//x)', '\\75rl(//x)', 'image-set("x" 1x)', 'calc(1px)', 'rgb(var(--x))', 'red;color:blue', 'red}a{color:blue', 'red/**/', 'red !important',
    'expression(1)', '@import "x"', 'element(#x)', '<!--', '#12345', '#xyz', '123456px', '1e9px', '-1px', '12', '12px 12px', '"a', '"a\\"', 'a,,b', ',a', '9px serif', 'light-dark(light-dark(red,red),red)', '', ' ', 'red\n', 5, null, {}, ['red'],
  ]
  for (const value of hostile) {
    it(`refuses ${JSON.stringify(value)} in every token`, () => {
      for (const token of themeTokens) assert.ok(!keeps(token, value), token)
    })
  }
  for (const value of ['revert -layer', 'Inherit', 'Inter, initial']) it(`refuses ${value} as fonts`, () => assert.ok(!keeps('font', value)))
  it('refuses of each kind what is of another', () => {
    assert.ok(!keeps('accent', '12px') && !keeps('radius', 'red') && !keeps('font', '#fff') && !keeps('marker-size', 'Inter'))
  })
})

describe('Signal', () => {
  it('takes every type it names', () => {
    for (const type of signalTypes) {
      assert.ok(parse(Signal, { id: 's1', type, occurredAt: '2026-11-23T14:00:00.000Z' }).value)
    }
  })
  it('names a bad ref', () => {
    assert.deepEqual(parse(Signal, { id: 's', type: 'click', occurredAt: '2026-11-23T14:00:00Z', ref: 'no-dash' }).issues, [
      'ref: expected 1 to 30 letters or digits, received "no-dash"',
    ])
  })
})
