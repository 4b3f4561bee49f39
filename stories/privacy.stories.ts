import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'

interface Args {
  open: boolean
}

const meta: Meta<Args> = {
  title: 'Elements/Privacy',
  component: 'kanmai-privacy',
  args: { open: true },
  render: ({ open }) => html`<div style="max-width:640px;padding:24px">
    <kanmai-card item="arc-lamp" layout="compact" save></kanmai-card>
    <kanmai-privacy .open=${open}></kanmai-privacy>
  </div>`,
}
export default meta
type Story = StoryObj<Args>

export const Open: Story = {}
export const Closed: Story = { args: { open: false } }
export const EndpointDown: Story = { parameters: { endpoint: 'down' } }
export const Dark: Story = { parameters: { scheme: 'dark' } }
export const RightToLeft: Story = { parameters: { direction: 'rtl' } }
export const Chinese: Story = { parameters: { language: 'zh-CN' } }
