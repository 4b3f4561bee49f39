import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { Offer } from '../src/contract/offer.ts'
import type { CouponElement } from '../src/elements/coupon.ts'
import { item } from './support/items.ts'

type Args = Partial<Pick<CouponElement, 'item' | 'offer'>>

const usd = (minor: number) => ({ minor, currency: 'USD' })
const later = '2035-01-01T00:00:00Z'

const meta: Meta<Args> = {
  title: 'Elements/Coupon',
  component: 'kanmai-coupon',
  render: (args) => html`<kanmai-coupon .item=${args.item} .offer=${args.offer}></kanmai-coupon>`,
}
export default meta
type Story = StoryObj<Args>

const of = (offer: Offer): Story => ({ args: { item: item(), offer } })

export const Code = of({ id: 'a', kind: 'code', code: 'EVENING15', percent: 15, title: '15% off lamps', endsAt: later })
export const Threshold = of({ id: 'b', kind: 'threshold', off: usd(1_000), threshold: usd(5_000), claimUrl: 'https://shop.example/claim', endsAt: later })
export const RedPacket = of({ id: 'c', kind: 'redpacket', off: usd(500), claimUrl: 'https://shop.example/claim', left: 37, total: 500 })
export const Flash = of({ id: 'd', kind: 'flash', price: usd(7_900), endsAt: new Date(Date.now() + 40 * 60_000).toISOString() })
export const Member = of({ id: 'e', kind: 'member', price: usd(9_900), audience: 'members' })
export const Automatic = of({ id: 'f', kind: 'auto', percent: 10, title: '10% off two or more' })
export const Ended = of({ id: 'g', kind: 'code', code: 'PAST', percent: 20, endsAt: '2020-01-01T00:00:00Z' })
export const AllGone = of({ id: 'h', kind: 'code', code: 'GONE', percent: 20, left: 0, total: 100 })

export const OfAnItem: Story = { args: { item: 'table-lamp' } }
export const Loading: Story = { args: { item: 'table-lamp' }, parameters: { endpoint: 'silent' } }
export const UnknownItem: Story = { args: { item: 'no-such-item' } }
export const Chinese: Story = { ...Code, parameters: { language: 'zh-CN' } }
export const Dark: Story = { ...Code, parameters: { scheme: 'dark' } }
export const RightToLeft: Story = { ...Code, parameters: { direction: 'rtl' } }
