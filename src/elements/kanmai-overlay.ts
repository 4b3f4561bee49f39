import './kanmai-card.ts'
import { defineElement } from './define-element.ts'
import { OverlayElement } from './overlay.ts'

defineElement('kanmai-overlay', OverlayElement)
