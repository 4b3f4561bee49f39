import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Item } from '../../../src/contract/item.ts'
import { parse } from '../../../src/contract/parse.ts'
import { pricePath } from '../../../src/core/price.ts'
import { importFeed } from '../../../src/endpoint/import/import-feed.ts'
import { bytes, chunked, importing } from './import.ts'

const rss = (...items: string[]) =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><link>https://shop.example</link>\n${items.map((it) => `<item>${it}</item>`).join('\n')}\n</channel></rss>`
const lamp = '<g:id>L1</g:id><title>Arc lamp</title><link>https://shop.example/arc?a=1&amp;b=2</link>'
const one = async (fields: string, options = {}) => {
  const { rows, issues } = await importing(rss(lamp + fields), options)
  return { row: rows[0]!, item: rows[0]!.item, issues }
}
const table = (header: string, ...lines: string[]) => [header, ...lines].join('\n')

describe('importFeed reads XML', () => {
  it('of RSS with plain and prefixed names', async () => {
    const { summary, rows } = await importing(rss(`${lamp}<description>Warm.</description><g:price>199.00 USD</g:price>`))
    assert.deepEqual(rows, [
      { rawId: 'L1', target: 'https://shop.example/arc?a=1&b=2', item: { title: 'Arc lamp', description: 'Warm.', price: { now: { minor: 19900, currency: 'USD' } } } },
    ])
    assert.deepEqual(summary, { format: 'google-xml', read: 1, added: 1, updated: 0, skipped: 0, issues: [], issueCount: 0 })
  })
  it('of Atom with its own id, title and link', async () => {
    const { rows } = await importing(
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="http://base.google.com/ns/1.0"><title>Shop</title><entry><id>tag:1</id><x:id>A1</x:id>
       <title type="html">Lamp</title><link rel="self" href="https://shop.example/self"/><link href="https://shop.example/a"/><x:condition>used</x:condition></entry></feed>`,
    )
    assert.deepEqual(rows, [{ rawId: 'A1', target: 'https://shop.example/a', item: { title: 'Lamp', badges: ['used'] } }])
  })
  it('with two prefixes on one namespace, and none of other namespaces', async () => {
    const { rows } = await importing(
      `<rss xmlns:g="http://base.google.com/ns/1.0" xmlns:c="http://base.google.com/ns/1.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
       <item><media:title>Wrong</media:title><c:id>1</c:id><title>Plain</title><g:title>Right</g:title><g:link>https://shop.example/1</g:link></item></channel></rss>`,
    )
    assert.equal(rows[0]!.item.title, 'Right')
  })
  it('with a prefix that nobody bound', async () => {
    const { rows } = await importing('<rss><channel><item><g:id>1</g:id><g:title>Lamp</g:title><g:link>https://shop.example/1</g:link></item></channel></rss>')
    assert.equal(rows[0]?.rawId, '1')
  })
  it('with CDATA, HTML and text escaped twice', async () => {
    const text = async (xml: string) => (await one(`<g:description>${xml}</g:description>`)).item.description
    assert.equal(await text('26&amp;quot; x 26&amp;quot; &amp;amp; more'), '26" x 26" & more')
    assert.equal(await text('<![CDATA[<p>Warm &amp; bright</p><ul><li>one</li><li>two</li></ul><script>bad()</script>]]>'), 'Warm & bright\none\ntwo')
    assert.equal(await text('&lt;b&gt;Bold&lt;/b&gt; &lt;5 kg &amp;nbsp;ok'), 'Bold <5 kg ok')
    assert.equal(await text('&amp;lt;p&amp;gt;Twice&amp;lt;/p&amp;gt;'), 'Twice')
    assert.equal(await text('Shut Up &amp;amp;amp; Fish'), 'Shut Up & Fish')
    assert.equal(await text('caf&eacute; &#233; &#xe9;'), 'café é é')
  })
  it('with an entity that nobody defined left as it is', async () => {
    const { item, issues } = await one('<g:brand>A&house;B</g:brand>')
    assert.equal(item.brand, 'A&house;B')
    assert.deepEqual(issues, [])
  })
  it('with what opens the shop\'s own app', async () => {
    const { item, issues } = await one('<g:universal_link>https://m.shop.example/l1</g:universal_link><applink.ios_url>shopapp://item/1?ref={ref}</applink.ios_url>')
    assert.deepEqual(item.links, { universal: 'https://m.shop.example/l1', app: 'shopapp://item/1?ref={ref}' })
    assert.deepEqual(issues, [])
  })
  it('with groups', async () => {
    const { item } = await one('<g:shipping><g:country>US</g:country><g:price>0 USD</g:price></g:shipping><g:loyalty_program><g:program_label>club</g:program_label><g:tier_label>gold</g:tier_label><g:price>90 USD</g:price></g:loyalty_program><g:price>99 USD</g:price>')
    assert.deepEqual(item.shipping, { free: true, cost: { minor: 0, currency: 'USD' } })
    assert.deepEqual(item.price?.member, { tier: 'gold', price: { minor: 9000, currency: 'USD' } })
  })
  it('and cuts a long description at what an item holds', async () => {
    const { item, issues } = await one(`<g:description>${'word '.repeat(5000)}</g:description>`)
    assert.ok(item.description!.length <= 10_000 && item.description!.endsWith('…'))
    assert.deepEqual(issues, [])
  })
})

describe('importFeed keeps what came before a break', () => {
  const items = [1, 2, 3].map((it) => `\n<g:id>${it}</g:id><title>T</title><link>https://shop.example/${it}</link>`)
  it('in the middle of a row', async () => {
    const whole = rss(...items)
    const { rows, issues, summary } = await importing(whole.slice(0, whole.indexOf('<g:id>3')))
    assert.deepEqual(rows.map((row) => row.rawId), ['1', '2'])
    assert.deepEqual(issues, ['7: the file ends in the middle of this row'])
    assert.equal(summary.read, 2)
  })
  it('by a tag that does not match', async () => {
    const { rows, issues } = await importing(rss(items[0]!, items[1]!.replace('</title>', '</titel>'), items[2]!))
    assert.deepEqual(rows.map((row) => row.rawId), ['1'])
    assert.match(issues[0]!, /^6: broken XML: /)
  })
  it('by a bare &', async () => {
    const { rows, issues } = await importing(rss(items[0]!, items[1]!.replace('>T<', '>T & T<'), items[2]!.replace('>T<', '>A &amp; B<')))
    assert.deepEqual(rows.map((row) => row.rawId), ['1'])
    assert.match(issues[0]!, /a bare & must be written &amp;/)
  })
})

describe('importFeed reads tables', () => {
  const header = 'id\ttitle\tlink\tprice\tadditional image link'
  it('with tabs', async () => {
    const { rows, summary } = await importing(table(header, '1\tLamp\thttps://shop.example/1\t5 USD\thttps://i.example/1.jpg,https://i.example/a,b.jpg', '', '2\t"A ""B"""\thttps://shop.example/2\t\t'))
    assert.equal(summary.format, 'google-tsv')
    assert.deepEqual(rows[0]!.item.images?.map((it) => it.url), ['https://i.example/1.jpg', 'https://i.example/a,b.jpg'])
    assert.equal(rows[1]!.item.title, 'A "B"')
  })
  for (const [name, text] of [
    ['commas and quotes', 'ID,Title,Link,g:Price\n1,"Lamp, arc\nin two lines",https://shop.example/1,"1,299.00 USD"'],
    ['semicolons', 'Id;TITLE;link;price\r\n1;"Lamp, arc\nin two lines";https://shop.example/1;1.299,00 USD\r\n'],
    ['bars and a byte order mark', '\ufeffid|title|link|price\n1|"Lamp, arc\nin two lines"|https://shop.example/1|1299 USD'],
  ] as const) {
    it(`with ${name}`, async () => {
      const { rows, issues } = await importing(text)
      assert.deepEqual(issues, [])
      assert.deepEqual(rows, [{ rawId: '1', target: 'https://shop.example/1', item: { title: 'Lamp, arc in two lines', price: { now: { minor: 129900, currency: 'USD' } } } }])
    })
  }
  it('without a header only when it is told the columns', async () => {
    const text = '1,Lamp,https://shop.example/1\n2,Desk,https://shop.example/2'
    const { rows, issues } = await importing(text)
    assert.deepEqual(rows, [])
    assert.match(issues[0]!, /^1: the first line names no columns.*--columns/)
    assert.equal((await importing(text, { columns: ['id', 'name', 'URL'] })).rows.length, 2)
  })
  it('with the names that networks give the columns', async () => {
    const { rows } = await importing('aw_product_id,product_name,aw_deep_link,search_price,merchant_image_url\n7,Lamp,https://www.awin1.com/pclick.php?p=7&a=1&m=2,19.99,https://i.example/7.jpg', { currency: 'GBP' })
    assert.equal(rows[0]!.target, 'https://www.awin1.com/pclick.php?p=7&a=1&m=2')
    assert.deepEqual(rows[0]!.item.price?.now, { minor: 1999, currency: 'GBP' })
  })
})

describe('importFeed reads every encoding', () => {
  const text = table('id,title,link', '1,Café “é” 看,https://shop.example/1')
  const latin = (it: string) => Uint8Array.from([...it].map((char) => (char === '€' ? 0x80 : char.charCodeAt(0))))
  const utf16 = (it: string, little: boolean) => Uint8Array.from([...it].flatMap((char) => {
    const code = char.charCodeAt(0)
    return little ? [code & 255, code >> 8] : [code >> 8, code & 255]
  }))
  const titles = async (data: Uint8Array, chunk?: number) => (await importing(data, {}, chunk)).rows.map((row) => row.item.title)

  it('UTF-8, cut anywhere', async () => {
    for (const chunk of [1, 2, 3, 7]) assert.deepEqual(await titles(bytes(text), chunk), ['Café “é” 看'])
    assert.deepEqual(await titles(bytes(text.repeat(1) + '\n' + 'é'.repeat(90_000))), ['Café “é” 看'])
  })
  it('UTF-16 with and without a byte order mark', async () => {
    for (const little of [true, false]) {
      assert.deepEqual(await titles(utf16(text, little)), ['Café “é” 看'])
      assert.deepEqual(await titles(utf16(`\ufeff${text}`, little), 3), ['Café “é” 看'])
    }
  })
  it('Windows-1252, as nothing else fits', async () => {
    const table = `id,title,link\n${'1,plain,https://shop.example/1\n'.repeat(3000)}2,Café 5 €,https://shop.example/2\n`
    assert.deepEqual(await titles(latin(table)), ['plain', 'Café 5 €'])
    assert.deepEqual(await titles(latin(table), 5), ['plain', 'Café 5 €'])
  })
  it('what an XML declaration names', async () => {
    const xml = rss(lamp.replace('Arc', 'Café')).replace('?>', ' encoding="ISO-8859-1"?>')
    assert.deepEqual(await titles(latin(xml)), ['Café lamp'])
    const { rows, issues } = await importing(rss(lamp).replace('?>', ' encoding="EBCDIC-7"?>'))
    assert.equal(rows.length, 1)
    assert.match(issues[0]!, /"ebcdic-7", which is unknown/)
  })
  it('and names damage in UTF-8', async () => {
    const data = bytes(`id,title,link\n1,看看看看,https://shop.example/1\n2,X,https://shop.example/2`)
    data[data.indexOf(0x58)] = 0xff
    const { rows, issues } = await importing(data)
    assert.deepEqual(rows.map((row) => row.item.title), ['看看看看', '\ufffd'])
    assert.match(issues[0]!, /belongs to no UTF-8 character/)
  })
})

describe('importFeed maps', () => {
  it('a sale without dates as the price', async () => {
    const { item } = await one('<g:price>24 TRY</g:price><g:sale_price>19.13 TRY</g:sale_price>')
    assert.deepEqual(item.price, { now: { minor: 1913, currency: 'TRY' }, was: { minor: 2400, currency: 'TRY' } })
  })
  it('a sale with dates as a flash offer, so that the clock decides', async () => {
    const { item } = await one('<g:price>24 USD</g:price><g:sale_price>19 USD</g:sale_price><g:sale_price_effective_date>2026-11-27T00:00-0800/2026-11-30</g:sale_price_effective_date>')
    assert.deepEqual(item.price, { now: { minor: 2400, currency: 'USD' } })
    assert.deepEqual(item.offers, [{ kind: 'flash', price: { minor: 1900, currency: 'USD' }, startsAt: '2026-11-27T08:00:00.000Z', endsAt: '2026-12-01T00:00:00.000Z' }])
    const paid = (at: string) => pricePath({ ...item, id: 'x', url: 'https://x' }, Date.parse(at))?.final?.minor
    assert.deepEqual([paid('2026-11-27T07:59:59Z'), paid('2026-11-27T08:00:00Z'), paid('2026-11-30T23:59:59Z'), paid('2026-12-01T00:00:00Z')], [undefined, 1900, 1900, undefined])
  })
  it('a sale whose dates cannot be read as none', async () => {
    const { item, issues } = await one('<g:price>24 USD</g:price><g:sale_price>19 USD</g:sale_price><g:sale_price_effective_date>next week</g:sale_price_effective_date>')
    assert.deepEqual([item.price?.now.minor, item.offers], [2400, undefined])
    assert.match(issues[0]!, /L1: sale_price_effective_date: "next week" is no span/)
  })
  it('a sale that is dearer as none', async () => {
    const { item, issues } = await one('<g:price>24 USD</g:price><g:sale_price>25 USD</g:sale_price>')
    assert.deepEqual(item.price, { now: { minor: 2400, currency: 'USD' } })
    assert.match(issues[0]!, /sale_price: is not below the price/)
  })
  for (const [written, expected] of [
    ['in stock', 'in_stock'], ['in_stock', 'in_stock'], ['In Stock', 'in_stock'], ['https://schema.org/InStock', 'in_stock'], ['available for order', 'in_stock'],
    ['out of stock', 'out_of_stock'], ['OutOfStock', 'out_of_stock'], ['sold-out', 'out_of_stock'], ['preorder', 'preorder'], ['pre-order', 'preorder'], ['backorder', 'backorder'],
    ['LimitedAvailability', 'low_stock'],
  ] as const) {
    it(`availability "${written}"`, async () => assert.equal((await one(`<g:availability>${written}</g:availability>`)).item.availability, expected))
  }
  it('the rest of a product', async () => {
    const { row, issues } = await one(`<g:availability>preorder</g:availability><g:availability_date>2026-12-24T09:00+0100</g:availability_date>
      <g:image_link>https://i.example/main.jpg</g:image_link><g:additional_image_link>https://i.example/2.jpg</g:additional_image_link><g:additional_image_link>https://i.example/2.jpg</g:additional_image_link>
      <g:brand>Lumen</g:brand><g:gtin>4006381333931</g:gtin><g:mpn>LU-1</g:mpn><g:identifier_exists>no</g:identifier_exists><g:condition>New</g:condition>
      <g:item_group_id>lamps</g:item_group_id><g:color>Moss/Clay</g:color><g:size>1/2 l</g:size><g:material>Brass</g:material>
      <g:google_product_category>2271</g:google_product_category><g:google_product_category>Home &gt; Lamps</g:google_product_category><g:product_type>Arc</g:product_type>
      <g:custom_label_0>sale</g:custom_label_0><g:custom_label_4>top</g:custom_label_4><g:product_highlight>Dims</g:product_highlight>
      <g:promotion_id>A,B</g:promotion_id><g:promotion_id>B</g:promotion_id><g:adult>yes</g:adult>
      <g:price>7.50 EUR</g:price><g:unit_pricing_measure>750 ml</g:unit_pricing_measure><g:unit_pricing_base_measure>1l</g:unit_pricing_base_measure>
      <g:shipping><g:price>4.95 EUR</g:price></g:shipping>`, { asOf: '2026-11-23T14:00:00Z' })
    assert.deepEqual(issues, [])
    const eur = (minor: number) => ({ minor, currency: 'EUR' })
    assert.deepEqual(row.promotions, ['A', 'B'])
    assert.deepEqual(row.item, {
      title: 'Arc lamp',
      image: 'https://i.example/main.jpg',
      images: [{ url: 'https://i.example/main.jpg', role: 'main' }, { url: 'https://i.example/2.jpg', role: 'more' }],
      brand: 'Lumen',
      price: { now: eur(750), unit: { price: eur(1000), amount: 1, unit: 'l' }, asOf: '2026-11-23T14:00:00Z' },
      availability: 'preorder',
      availableFrom: '2026-12-24T08:00:00.000Z',
      groupId: 'lamps',
      options: [{ name: 'color', values: ['Moss', 'Clay'] }, { name: 'size', values: ['1/2 l'] }, { name: 'material', values: ['Brass'] }],
      badges: ['Dims'],
      categories: [['Home', 'Lamps'], ['Arc']],
      ids: { gtin: '4006381333931', mpn: 'LU-1' },
      shipping: { cost: eur(495) },
      adult: true,
      tags: ['sale', 'top'],
    })
  })
  it('a bad optional field to nothing, and names it', async () => {
    const { item, issues } = await one('<g:price>cheap</g:price><g:availability>maybe</g:availability><g:gtin>8.93E+12</g:gtin><g:image_link>data:image/png;base64,x</g:image_link><g:availability_date>2026-02-30</g:availability_date>')
    assert.deepEqual(item, { title: 'Arc lamp' })
    assert.deepEqual(issues.map((it) => /^3: L1: (\w+)/.exec(it)?.[1]).sort(), ['availability', 'availability_date', 'gtin', 'image_link', 'price'])
  })
})

describe('importFeed takes links', () => {
  const link = async (written: string, options = {}) => {
    const { rows, issues } = await importing(rss(lamp.replace(/<link>.*<\/link>/, `<link>${written}</link>`)), options)
    return rows[0]?.target ?? issues[0]
  }
  it('as they are written', async () => assert.equal(await link('https://shop.example/%7Ea?x=%2f&amp;y=Ü#/1-s'), 'https://shop.example/%7Ea?x=%2f&y=Ü#/1-s'))
  it('without a scheme as https', async () => assert.equal(await link('//shop.example/a'), 'https://shop.example/a'))
  it('with a space', async () => assert.equal(await link('https://shop.example/a b'), 'https://shop.example/a%20b'))
  it('that are relative when it is told the shop', async () => {
    assert.equal(await link('/a?b=c', { base: 'https://shop.example/x/' }), 'https://shop.example/a?b=c')
    assert.match((await link('/a'))!, /"\/a" is relative: say where the shop is with --base/)
  })
  for (const bad of ['javascript:alert(1)', 'JavaScript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'ftp://shop.example/a', 'https:\\\\evil', 'https://', '   ']) {
    it(`but not ${JSON.stringify(bad)}`, async () => {
      const { rows, summary } = await importing(rss(lamp.replace(/<link>.*<\/link>/, `<link>${bad}</link>`)), { base: 'https://shop.example/' })
      if (bad.startsWith('java\n')) assert.ok(rows.every((row) => row.target.startsWith('https://shop.example/')))
      else assert.deepEqual([rows.length, summary.skipped], [0, 1])
    })
  }
})

describe('importFeed counts', () => {
  const line = (id: number) => `${id},Lamp ${id},https://shop.example/${id}`
  it('in batches of 200 that wait for the sink', async () => {
    let waiting = 0
    const sizes: number[] = []
    const summary = await importFeed(chunked(bytes(table('id,title,link', ...Array.from({ length: 450 }, (_, at) => line(at))))), {}, {
      async put(rows) {
        assert.equal(waiting++, 0)
        sizes.push(rows.length)
        await new Promise((resolve) => setImmediate(resolve))
        waiting--
        return { added: rows.length, updated: 0 }
      },
      putPromotions: () => Promise.reject(new Error('none are here')),
    })
    assert.deepEqual(sizes, [200, 200, 50])
    assert.equal(summary.added, 450)
  })
  it('a repeated id as an update', async () => {
    const { summary, rows } = await importing(table('id,title,link', line(1), line(2), '1,Newer,https://shop.example/1'))
    assert.deepEqual([summary.added, summary.updated], [2, 1])
    assert.equal(rows[0]!.item.title, 'Newer')
  })
  it('bad rows by their line', async () => {
    const { issues, summary } = await importing(table('id,title,link', line(1), ',No id,https://shop.example/', '3,,https://shop.example/', '4,No link,', line(5)))
    assert.deepEqual(issues, ['3: the row has no id', '4: 3: the row has no title', '5: 4: the row has no link'])
    assert.deepEqual([summary.read, summary.added, summary.skipped, summary.issueCount], [5, 2, 3, 3])
  })
  it('more issues than it lists', async () => {
    const { summary } = await importing(table('id,title,link', ...Array.from({ length: 150 }, () => ',x,y')))
    assert.deepEqual([summary.issues.length, summary.issueCount], [100, 150])
  })
  it('without storing when it only looks', async () => {
    const { summary, rows } = await importing(table('id,title,link', line(1)), { dryRun: true })
    assert.deepEqual([summary.read, summary.added, rows.length], [1, 0, 0])
  })
  it('and tells how far it is', async () => {
    const seen: { bytes: number; rows: number }[] = []
    const data = bytes(table('id,title,link', ...Array.from({ length: 5000 }, (_, at) => line(at))))
    await importing(data, { onProgress: (it) => void seen.push(it) })
    assert.deepEqual(seen.at(-1), { bytes: data.length, rows: 5000 })
    assert.ok(seen.length > 2)
  })
  it('nothing in an empty file, and says so', async () => {
    for (const data of ['', '  \n ']) assert.deepEqual((await importing(data)).issues, ['1: the file is empty'])
  })
  it('and fails when its source or its sink does', async () => {
    const broken = (async function* () {
      yield bytes('id,title,link\n')
      throw new Error('cable cut')
    })()
    await assert.rejects(importing(broken), /cable cut/)
    const sink = { put: () => Promise.reject(new Error('disk full')), putPromotions: () => Promise.reject(new Error('disk full')) }
    await assert.rejects(importFeed(chunked(bytes(table('id,title,link', line(1)))), {}, sink), /disk full/)
  })
})

describe('importFeed reads promotions', () => {
  const header = 'promotion_id\tproduct_applicability\toffer_type\tlong_title\tgeneric_redemption_code\tmoney_off_amount\tpercent_off\tminimum_purchase_amount\tpromotion_effective_dates\tredemption_channel'
  const dates = '2026-11-27T00:00Z/2026-11-30T23:59Z'
  const window = { startsAt: '2026-11-27T00:00:00.000Z', endsAt: '2026-11-30T23:59:00.000Z' }
  it('of a table', async () => {
    const { summary, promotions } = await importing(
      table(header, `WARM\tspecific_products\tgeneric_code\t10 off\tWARM10\t10.00 USD\t\t\t${dates}\tonline`, `FIVE\tall_products\tno_code\tA twentieth\t\t\t5%\t50 USD\t${dates}\t`, `AUTO\tALL_PRODUCTS\tNO_CODE\tGift\t\t\t\t\t${dates}\t`),
    )
    assert.equal(summary.format, 'promotions')
    assert.deepEqual(promotions, [
      { promotionId: 'WARM', everyItem: false, offer: { id: 'WARM', kind: 'code', title: '10 off', off: { minor: 1000, currency: 'USD' }, code: 'WARM10', ...window } },
      { promotionId: 'FIVE', everyItem: true, offer: { id: 'FIVE', kind: 'threshold', title: 'A twentieth', percent: 5, threshold: { minor: 5000, currency: 'USD' }, ...window } },
      { promotionId: 'AUTO', everyItem: true, offer: { id: 'AUTO', kind: 'auto', title: 'Gift', ...window } },
    ])
  })
  it('of XML', async () => {
    const { promotions } = await importing(rss(`<g:promotion_id>X</g:promotion_id><g:long_title>X</g:long_title><g:offer_type>no_code</g:offer_type><g:promotion_effective_dates>${dates}</g:promotion_effective_dates>`))
    assert.deepEqual(promotions.map((it) => it.offer), [{ id: 'X', kind: 'auto', title: 'X', ...window }])
  })
  it('and skips what would promise too much', async () => {
    const { summary, issues } = await importing(
      table(header, `A\tall_products\tno_code\tA\t\t\t5\t\tsoon\t`, `B\tall_products\tgeneric_code\tB\t\t\t5\t\t${dates}\t`, `C\tall_products\tno_code\tC\t\t\t5\tmuch\t${dates}\t`, `D\tall_products\tno_code\tD\t\t\t5\t\t${dates}\tIN_STORE`),
    )
    assert.equal(summary.skipped, 4)
    assert.deepEqual(issues.map((it) => /^\d: \w: (\w+)/.exec(it)?.[1]), ['promotion_effective_dates', 'generic_redemption_code', 'minimum_purchase_amount', 'redemption_channel'])
  })
})

describe('importFeed survives', () => {
  const options = { columns: ['id', 'title', 'link', 'price', 'shipping'], currency: 'USD', base: 'https://shop.example/' }
  const keepsTheContract = async (data: Uint8Array | string, extra = {}, chunk?: number) => {
    const { rows, summary } = await importing(data, extra, chunk)
    for (const { item, target, rawId } of rows) assert.deepEqual(parse(Item, { ...item, id: rawId, url: target }), { value: { ...item, id: rawId, url: target }, issues: [] })
    assert.equal(summary.added + summary.updated + summary.skipped, summary.read)
  }
  it('any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), (data) => keepsTheContract(data, options)), { numRuns: 300 })
  })
  it('any table', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'1a,"\n\t;.€$ 看:/<>&', 'https://x.example/', 'USD', 'javascript:'), maxLength: 120 })
    await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), (data, chunk) => keepsTheContract(data, options, chunk)), { numRuns: 500 })
  })
  it('mutations of XML', async () => {
    const good = rss(`${lamp}<g:price>5 USD</g:price><g:shipping><g:price>0 USD</g:price></g:shipping><g:description><![CDATA[<b>x</b>]]></g:description><!-- c -->`, lamp)
    const noise = fc.constantFrom('<', '>', '&', ';', '"', ']]>', '<![CDATA[', '<!--', '<!DOCTYPE x [', '<?x', '</item>', '<item>', '\0', '\ufffe', '&#0;', '&amp;', 'xmlns:g=""', '=')
    const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(12), put: noise })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 500 }), async (edits, chunk) => {
        const data = edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), good)
        await keepsTheContract(data, {}, chunk)
      }),
      { numRuns: 1000 },
    )
  })
})
