import './kanmai-card.ts'
import { defineElement } from './define-element.ts'
import { ShelfElement } from './shelf.ts'

defineElement('kanmai-shelf', ShelfElement)
