import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'

interface Args {
  media: string
  over?: boolean
  at?: number
}

const meta: Meta<Args> = {
  title: 'Elements/Markers, shelf and saved',
  component: 'kanmai-markers',
  parameters: { layout: 'fullscreen' },
  args: { media: 'film-01' },
  render: ({ media, over = false, at }) => html`<div style="max-width:960px;padding:24px">
    <kanmai-saved></kanmai-saved>
    <div style="position:relative">
      <video id="film" controls muted playsinline width="912" height="513" poster="./demo/film/film-01.webp">
        <source src="./demo/film/film-01.webm" type="video/webm" />
        <source src="./demo/film/film-01.mp4" type="video/mp4" />
      </video>
      ${over ? html`<kanmai-shelf for="film" media=${media} over .at=${at}></kanmai-shelf>` : ''}
    </div>
    <kanmai-markers for="film" media=${media}></kanmai-markers>
    ${over ? '' : html`<kanmai-shelf for="film" media=${media} .at=${at}></kanmai-shelf>`}
  </div>`,
}
export default meta
type Story = StoryObj<Args>

export const UnderThePlayer: Story = {}
export const ShelfFromTheStart: Story = { args: { at: 3600 } }
export const ShelfOverThePicture: Story = { args: { over: true } }
export const UnknownMedia: Story = { args: { media: 'no-such-film' } }
export const EndpointDown: Story = { parameters: { endpoint: 'down' } }
export const Dark: Story = { parameters: { scheme: 'dark' } }
export const RightToLeft: Story = { parameters: { direction: 'rtl' } }
export const Chinese: Story = { parameters: { language: 'zh-CN' } }
