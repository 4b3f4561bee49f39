import { CouponElement } from './coupon.ts'
import { defineElement } from './define-element.ts'

defineElement('kanmai-coupon', CouponElement)
