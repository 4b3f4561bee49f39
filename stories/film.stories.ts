import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import type { Cue } from '../src/contract/cue.ts'
import { item } from './support/items.ts'

interface Args {
  media?: string
  policy?: string
  cues?: readonly Cue[]
  width?: number
  fullscreenButton?: boolean
  ad?: boolean
}

const items = [item(), item({ id: 'kettle', title: 'Enamel kettle', image: `${location.origin}/demo/catalogue/kettle.webp` })]

const meta: Meta<Args> = {
  title: 'Elements/Overlay and rail',
  component: 'kanmai-overlay',
  parameters: { layout: 'fullscreen' },
  render: ({ media, policy, cues, width = 720, fullscreenButton = false, ad = false }) => html`<div class="film-story">
    <video id="film" controls muted playsinline width=${width} height=${(width * 9) / 16} poster="./demo/film/film-01.webp">
      <source src="./demo/film/film-01.webm" type="video/webm" />
      <source src="./demo/film/film-01.mp4" type="video/mp4" />
    </video>
    <kanmai-overlay
      for="film"
      .media=${media}
      .policy=${policy}
      .cues=${cues}
      .items=${cues && items}
      ?fullscreen-button=${fullscreenButton}
      ?ad=${ad}
    ></kanmai-overlay>
    <kanmai-rail for="film" .media=${media} .cues=${cues} .items=${cues && items}></kanmai-rail>
  </div>`,
}
export default meta
type Story = StoryObj<Args>

export const Film: Story = { args: { media: 'film-01' } }
export const StillCues: Story = {
  args: {
    cues: [
      { id: 'a', item: 'table-lamp', start: 0, at: { x: 0.3, y: 0.4 } },
      { id: 'b', item: 'kettle', start: 0, at: { x: 0.7, y: 0.6 } },
    ],
  },
}
export const CrowdedCues: Story = {
  args: {
    cues: [0.5, 0.51, 0.52].map((x, index) => ({ id: `c${index}`, item: index % 2 ? 'kettle' : 'table-lamp', start: 0, at: { x, y: 0.5 } })),
  },
}
export const FollowsAtOnce: Story = {
  args: { cues: [{ id: 'a', item: 'table-lamp', start: 0, at: { x: 0.3, y: 0.4 }, follow: true }, { id: 'b', item: 'kettle', start: 0, at: { x: 0.8, y: 0.4 }, follow: true }] },
}
export const ViewersOffer: Story = {
  args: {
    cues: [{ id: 'a', item: 'table-lamp', start: 0, at: { x: 0.3, y: 0.4 }, offers: [{ kind: 'flash', percent: 30, title: 'For who watches' }] }],
  },
}
export const WithFullscreenButton: Story = { args: { media: 'film-01', fullscreenButton: true } }
export const DuringAnAdvertisement: Story = { args: { media: 'film-01', ad: true } }
export const RailOnly: Story = { args: { media: 'film-01', policy: 'rail' } }
export const SmallPicture: Story = { args: { media: 'film-01', width: 280 } }
export const UnknownMedia: Story = { args: { media: 'no-such-film' } }
export const EndpointDown: Story = { args: { media: 'film-01' }, parameters: { endpoint: 'down' } }
export const Dark: Story = { args: { media: 'film-01' }, parameters: { scheme: 'dark' } }
export const RightToLeft: Story = { args: { media: 'film-01' }, parameters: { direction: 'rtl' } }
