import { defineElement } from './define-element.ts'
import { PrivacyElement } from './privacy.ts'

defineElement('kanmai-privacy', PrivacyElement)
