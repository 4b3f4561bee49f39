// Registers every tag.
import './elements/kanmai-card.ts'
import './elements/kanmai-coupon.ts'
import './elements/kanmai-feed.ts'
import './elements/kanmai-markers.ts'
import './elements/kanmai-overlay.ts'
import './elements/kanmai-rail.ts'
import './elements/kanmai-saved.ts'
import './elements/kanmai-shelf.ts'
