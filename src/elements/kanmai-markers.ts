import { defineElement } from './define-element.ts'
import { MarkersElement } from './markers.ts'

defineElement('kanmai-markers', MarkersElement)
