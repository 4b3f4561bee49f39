import { CardElement } from './card.ts'
import { defineElement } from './define-element.ts'

defineElement('kanmai-card', CardElement)
