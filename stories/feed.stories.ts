import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import type { FeedElement } from '../src/elements/feed.ts'
import { item } from './support/items.ts'

type Args = Partial<Pick<FeedElement, 'placement' | 'kind' | 'item' | 'layout' | 'rows' | 'items'>>

const meta: Meta<Args> = {
  title: 'Elements/Feed',
  component: 'kanmai-feed',
  argTypes: { layout: { control: 'inline-radio', options: ['grid', 'row', 'compact'] } },
  render: (args) => html`<kanmai-feed
    placement=${ifDefined(args.placement)}
    kind=${ifDefined(args.kind)}
    item=${ifDefined(args.item)}
    layout=${ifDefined(args.layout)}
    rows=${ifDefined(args.rows)}
    .items=${args.items}
  ></kanmai-feed>`,
}
export default meta
type Story = StoryObj<Args>

export const Grid: Story = { args: { placement: 'article-end' } }
export const Row: Story = { args: { placement: 'article-end', layout: 'row' } }
export const Compact: Story = { args: { placement: 'article-end', layout: 'compact' } }
export const NewArrivals: Story = { args: { placement: 'article-end', kind: 'new' } }
export const SimilarToAnItem: Story = { args: { placement: 'article-end', kind: 'similar', item: 'arc-lamp' } }
export const ThousandItems: Story = {
  args: { items: Array.from({ length: 1000 }, (_, index) => item({ id: `lamp-${index}`, title: `Mushroom table lamp no. ${index + 1}` })) },
}
export const Empty: Story = { args: { items: [] } }
export const Loading: Story = { args: { placement: 'article-end' }, parameters: { endpoint: 'silent' } }
export const EndpointDown: Story = { args: { placement: 'article-end' }, parameters: { endpoint: 'down' } }
export const Chinese: Story = { args: { placement: 'article-end' }, parameters: { language: 'zh-CN' } }
export const Dark: Story = { args: { placement: 'article-end' }, parameters: { scheme: 'dark' } }
export const RightToLeft: Story = { args: { placement: 'article-end', layout: 'row' }, parameters: { direction: 'rtl' } }
