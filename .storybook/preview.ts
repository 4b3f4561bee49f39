import type { Preview } from '@storybook/web-components-vite'
import { startMocks } from '../stories/support/mocks.ts'
import '../src/define.ts'
import '../src/kanmai.css'
import './preview.css'

const preview: Preview = {
  parameters: {
    layout: 'padded',
    a11y: { test: 'error' },
    backgrounds: { disable: true },
  },
  globalTypes: {
    scheme: {
      description: 'Colour scheme',
      toolbar: { title: 'Scheme', icon: 'mirror', items: ['light', 'dark'], dynamicTitle: true },
    },
    direction: {
      description: 'Writing direction',
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
    language: {
      description: 'Language',
      toolbar: { title: 'Language', icon: 'globe', items: ['en', 'zh-CN'], dynamicTitle: true },
    },
  },
  initialGlobals: { scheme: 'light', direction: 'ltr', language: 'en' },
  decorators: [
    (story, { globals, parameters }) => {
      const root = document.documentElement
      root.style.colorScheme = parameters['scheme'] ?? globals['scheme']
      root.dir = parameters['direction'] ?? globals['direction']
      root.lang = parameters['language'] ?? globals['language']
      return story()
    },
  ],
  loaders: [({ parameters }) => startMocks(parameters['endpoint'])],
  tags: ['autodocs'],
}

export default preview
