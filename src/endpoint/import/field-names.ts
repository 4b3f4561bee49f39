// What exporters call the fields that Google Merchant names otherwise; the first ones come from networks' own tables.
const otherNames: Record<string, string> = {
  aw_deep_link: 'link',
  aw_product_id: 'id',
  merchant_image_url: 'image_link',
  search_price: 'price',
  product_name: 'title',
  name: 'title',
  product_id: 'id',
  url: 'link',
  product_url: 'link',
  image: 'image_link',
  image_url: 'image_link',
  manufacturer: 'brand',
  colour: 'color',
  additional_image_url: 'additional_image_link',
  ean: 'gtin',
  upc: 'gtin',
}

const known = new Set([
  'id', 'title', 'description', 'link', 'image_link', 'price', 'availability', 'brand', 'gtin', 'mpn', 'condition', 'sale_price',
  'item_group_id', 'product_type', 'google_product_category', 'promotion_id', 'long_title', 'offer_type', 'product_applicability',
])

/** The name as the rules below know it: `g:Image Link` and `image_link` are one. */
export function fieldName(written: string): string {
  const name = written
    .trim()
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/\(.*$|\[.*$/, '')
    .trim()
    .replace(/[\s-]+/g, '_')
  return Object.hasOwn(otherNames, name) ? otherNames[name]! : name
}

/** Whether a first line names columns: two known names, since a lone word may be anything. */
export function isHeader(cells: readonly string[]): boolean {
  return cells.filter((cell) => known.has(fieldName(cell))).length >= 2
}
