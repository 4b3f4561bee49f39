import './kanmai-card.ts'
import { defineElement } from './define-element.ts'
import { RailElement } from './rail.ts'

defineElement('kanmai-rail', RailElement)
