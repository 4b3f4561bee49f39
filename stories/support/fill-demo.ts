import products from '../../demo/catalogue/products.xml?raw'
import promotions from '../../demo/catalogue/promotions.tsv?raw'
import publisher from '../../demo/publisher.json'
import sheet from '../../demo/public/film/film-01.cues.json'
import type { Handler } from '../../src/endpoint/handler.ts'
import { importFeed } from '../../src/endpoint/import/import-feed.ts'
import { createCatalogue } from '../../src/endpoint/store/catalogue.ts'
import { putPublisher } from '../../src/endpoint/store/publishers.ts'
import type { Sql } from '../../src/endpoint/store/sql.ts'

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text)
}

/** The demo's publisher, catalogue and film, as `kanmai serve --demo` brings them in. */
export async function fillDemo(sql: Sql, handler: Handler, origin: string): Promise<void> {
  const token = 'stories'
  await putPublisher(sql, { key: 'demo', token, ...publisher })
  for (const feed of [promotions, products]) {
    await importFeed(bytesOf(feed), { base: `${origin}/` }, createCatalogue(sql, 'demo', 'demo'))
  }
  await handler(
    new Request(`${origin}/v1/demo/media/film-01/cues`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(sheet),
    }),
  )
}
