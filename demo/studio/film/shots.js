import { desk } from './sets/desk.js'
import { kitchen } from './sets/kitchen.js'
import { living } from './sets/living.js'
import { music } from './sets/music.js'

/** The film in its order. */
export const shots = { living, kitchen, music, desk }

export const frameRate = 30
