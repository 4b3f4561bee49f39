import './kanmai-card.ts'
import { defineElement } from './define-element.ts'
import { SavedElement } from './saved.ts'

defineElement('kanmai-saved', SavedElement)
