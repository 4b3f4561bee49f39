/** The words that a card cannot do without. Few: they come with the first card. */
export const en = {
  disclosure: 'Ad',
  seePrice: 'See price',
  from: (price: string) => `From ${price}`,
  /** What is paid after the offers (到手价). */
  final: 'after offers',
  /** Before a former price, for those who do not see that it is struck through. */
  was: 'was',
}

export type Words = typeof en
