import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html, nothing } from 'lit'
import type { CardElement } from '../src/elements/card.ts'
import { item, onSale, withCoupon } from './support/items.ts'

type Args = Partial<Pick<CardElement, 'item' | 'layout' | 'placement'>> & { link?: string }

const meta: Meta<Args> = {
  title: 'Elements/Card',
  component: 'kanmai-card',
  argTypes: { layout: { control: 'inline-radio', options: ['grid', 'row', 'compact', 'over-video'] } },
  render: ({ item, layout, link }) => html`<kanmai-card .item=${item} layout=${layout ?? 'grid'}>
    ${link ? html`<a href="/v1/demo/go/${link}">${link.replace('-', ' ')}</a>` : nothing}
  </kanmai-card>`,
}
export default meta
type Story = StoryObj<Args>

export const Grid: Story = { args: { item: 'arc-lamp', link: 'arc-lamp' } }
export const Row: Story = { args: { item: 'lounge-chair', layout: 'row' } }
export const Compact: Story = { args: { item: 'kettle', layout: 'compact' } }
export const OverVideo: Story = { args: { item: 'camera', layout: 'over-video' } }

export const OnSale: Story = { args: { item: onSale } }
export const WithCoupon: Story = { args: { item: withCoupon } }
export const SoldOut: Story = { args: { item: item({ availability: 'out_of_stock' }) } }
export const LowStock: Story = { args: { item: item({ availability: 'low_stock' }) } }
export const Preorder: Story = { args: { item: item({ availability: 'preorder', availableFrom: '2035-03-01T00:00:00Z' }) } }
export const LongTitle: Story = {
  args: { item: item({ title: 'A mushroom table lamp with a hand-blown shade, a weighted foot, a dimmer in the cord and a name that never ends' }) },
}
export const WithoutPicture: Story = { args: { item: { ...item(), image: undefined } } }
export const BrokenPicture: Story = { args: { item: item({ image: `${location.origin}/not-there.webp` }) } }
export const WithoutPrice: Story = { args: { item: { ...item(), price: undefined } } }
export const Yuan: Story = {
  args: { item: item({ title: '蘑菇台灯 鼠尾草绿', price: { now: { minor: 69_900, currency: 'CNY' }, was: { minor: 89_900, currency: 'CNY' } } }) },
  parameters: { language: 'zh-CN' },
}
export const Dark: Story = { args: { item: onSale }, parameters: { scheme: 'dark' } }
export const RightToLeft: Story = { args: { item: onSale, layout: 'row' }, parameters: { direction: 'rtl' } }

export const Loading: Story = { args: { item: 'arc-lamp', link: 'arc-lamp' }, parameters: { endpoint: 'silent' } }
export const UnknownItem: Story = { args: { item: 'no-such-item', link: 'arc-lamp' } }
export const EndpointDown: Story = { args: { item: 'arc-lamp', link: 'arc-lamp' }, parameters: { endpoint: 'down' } }
export const EndpointAnswersNonsense: Story = { args: { item: 'arc-lamp', link: 'arc-lamp' }, parameters: { endpoint: 'nonsense' } }
