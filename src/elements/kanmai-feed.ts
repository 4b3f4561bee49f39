import './kanmai-card.ts'
import { defineElement } from './define-element.ts'
import { FeedElement } from './feed.ts'

defineElement('kanmai-feed', FeedElement)
