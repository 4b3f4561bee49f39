import { bedside } from './sets/bedside.js'
import { breakfast } from './sets/breakfast.js'
import { desk } from './sets/desk.js'
import { hallway } from './sets/hallway.js'
import { kitchen } from './sets/kitchen.js'
import { living } from './sets/living.js'
import { music } from './sets/music.js'
import { plants } from './sets/plants.js'
import { shelf } from './sets/shelf.js'

/** The film in its order, from the first light to the last lamp. */
export const shots = { living, breakfast, kitchen, hallway, desk, plants, music, shelf, bedside }

export const frameRate = 30
