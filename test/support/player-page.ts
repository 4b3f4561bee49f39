// What a page with every player loads: the elements from source, and the players' own packages.
import 'media-chrome'
import videojs from 'video.js'
import '../../src/elements/kanmai-markers.ts'
import '../../src/elements/kanmai-overlay.ts'
import '../../src/elements/kanmai-rail.ts'
import '../../src/elements/kanmai-shelf.ts'

Object.assign(globalThis, { videojs })
