import type { CatalogueRow, PromotionRow } from './catalogue-row.ts'

export interface Stored {
  added: number
  updated: number
}

/** Where an import puts what it read, some 200 rows at a time; the next batch waits for the promise. */
export interface CatalogueSink {
  put(rows: CatalogueRow[]): Promise<Stored>
  putPromotions(rows: PromotionRow[]): Promise<Stored>
}
