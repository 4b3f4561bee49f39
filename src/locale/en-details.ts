/** What a card says of its item and its offers, once it has been painted. */
export const enDetails = {
  soldOut: 'Sold out',
  lowStock: 'Few left',
  preorder: 'Pre-order',
  preorderFrom: (date: string) => `Pre-order, ships ${date}`,
  backorder: 'Back order',
  rating: (value: string, best: string) => `Rated ${value} of ${best}`,
  sold: (count: string) => `${count} sold`,

  off: (amount: string) => `${amount} off`,
  percentOff: (percent: number) => `${percent}% off`,
  offOver: (off: string, threshold: string) => `${off} over ${threshold}`,
  offerPrice: (price: string) => `Now ${price}`,
  kind: {
    code: 'Discount code',
    threshold: 'Coupon',
    auto: 'Taken off at checkout',
    redpacket: 'Red packet',
    flash: 'Flash sale',
    member: 'Members’ offer',
  },
}

export type DetailWords = typeof enDetails
