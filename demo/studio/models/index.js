import * as desk from './desk.js'
import * as furniture from './furniture.js'
import * as lighting from './lighting.js'
import * as sound from './sound.js'
import * as table from './table.js'

/**
 * Every product: how it is made, and how its picture is taken. `ground` is the colour of the backdrop, `turn` and `tilt`
 * the side and height it is seen from, `fill` how much of the picture it takes, `stand` where it is put.
 */
export const products = {
  'arc-lamp': { make: lighting.arcLamp, ground: '#d9b795', turn: 0.15, tilt: 0.07, fill: 0.86 },
  'table-lamp': { make: lighting.tableLamp, ground: '#c07a56', turn: 0.3, tilt: 0.14, stand: 'plinth', night: 0.6 },
  'pendant-lamp': { make: lighting.pendantLamp, ground: '#d8c39c', turn: 0.2, tilt: -0.02, stand: 'hung', fill: 0.95, crop: [0, 0.13, 0.6] },
  'task-lamp': { make: lighting.taskLamp, ground: '#8a9a86', turn: 0.3, tilt: 0.12, stand: 'slab' },
  'candle': { make: lighting.candle, ground: '#d6ab8f', turn: 0.2, tilt: 0.3, stand: 'plinth', fill: 0.6 },
  'lounge-chair': { make: furniture.loungeChair, ground: '#a9b09a', turn: -0.62, tilt: 0.2 },
  'stool': { make: furniture.stool, ground: '#dcc7ab', turn: 0.2, tilt: 0.24 },
  'side-table': { make: furniture.sideTable, ground: '#e2c6ae', turn: 0.3, tilt: 0.2, fill: 0.72 },
  'wall-mirror': { make: furniture.wallMirror, ground: '#c9ab82', turn: 0.32, tilt: 0.02, stand: 'wall', fill: 0.82 },
  'wool-rug': { make: furniture.woolRug, ground: '#93a08f', turn: 0.4, tilt: 0.85, fill: 0.9 },
  'throw-pillow': { make: furniture.throwPillow, ground: '#8fa0a8', turn: 0.28, tilt: 0.12, fill: 0.74 },
  'vase-set': { make: table.vaseSet, ground: '#cbb59a', turn: 0.1, tilt: 0.12, stand: 'slab', fill: 0.84 },
  'mug-clay': { make: table.mugClay, ground: '#e3cdb2', turn: 0.5, tilt: 0.34, stand: 'plinth', fill: 0.6 },
  'mug-sage': { make: table.mugSage, ground: '#d9d3b8', turn: 0.5, tilt: 0.34, stand: 'plinth', fill: 0.6 },
  'mug-ink': { make: table.mugInk, ground: '#c3b6a6', turn: 0.5, tilt: 0.34, stand: 'plinth', fill: 0.6 },
  'teapot': { make: table.teapot, ground: '#dcae8e', turn: 0.35, tilt: 0.24, stand: 'plinth', fill: 0.68 },
  'kettle': { make: table.kettle, ground: '#7f9079', turn: 0.4, tilt: 0.2, stand: 'slab', fill: 0.76 },
  'pour-over': { make: table.pourOver, ground: '#d8b98f', turn: 0.1, tilt: 0.18, stand: 'slab', fill: 0.68 },
  'cutting-board': { make: table.cuttingBoard, ground: '#b9bea6', turn: 0.4, tilt: 0.12, stand: 'slab', fill: 0.78 },
  'frying-pan': { make: table.fryingPan, ground: '#d7b48e', turn: -0.7, tilt: 0.62, fill: 0.8 },
  'casserole': { make: table.casserole, ground: '#e2cfae', turn: 0.3, tilt: 0.3, stand: 'slab', fill: 0.72 },
  'pepper-mills': { make: table.pepperMills, ground: '#c98b66', turn: 0.2, tilt: 0.18, stand: 'plinth', fill: 0.66 },
  'fruit-bowl': { make: table.fruitBowl, ground: '#9fb0a4', turn: 0.2, tilt: 0.42, stand: 'slab', fill: 0.74 },
  'carafe': { make: table.carafe, ground: '#c3a27d', turn: 0.2, tilt: 0.22, stand: 'slab', fill: 0.72 },
  'water-bottle': { make: table.waterBottle, ground: '#d9a880', turn: 0.25, tilt: 0.14, stand: 'plinth', fill: 0.7 },
  'speaker': { make: sound.speaker, ground: '#bfc3ae', turn: 0.5, tilt: 0.14, stand: 'slab', fill: 0.76 },
  'radio': { make: sound.radio, ground: '#e0b896', turn: 0.42, tilt: 0.18, stand: 'slab', fill: 0.8 },
  'headphones': { make: sound.headphones, ground: '#a8b5b2', turn: 0.62, tilt: 0.2, stand: 'plinth', fill: 0.66 },
  'camera': { make: sound.camera, ground: '#cfa483', turn: 0.46, tilt: 0.34, stand: 'slab', fill: 0.7 },
  'turntable': { make: sound.turntable, ground: '#d5c09c', turn: 0.5, tilt: 0.52, stand: 'slab', fill: 0.86 },
  'wall-clock': { make: sound.wallClock, ground: '#b97d58', turn: 0.34, tilt: 0.04, stand: 'wall', fill: 0.62 },
  'alarm-clock': { make: sound.alarmClock, ground: '#97a6a3', turn: 0.36, tilt: 0.18, stand: 'plinth', fill: 0.64 },
  'planter': { make: desk.planter, ground: '#e0cdb0', turn: 0.2, tilt: 0.16, fill: 0.86 },
  'art-print': { make: desk.artPrint, ground: '#d9c6aa', turn: 0.36, tilt: 0.02, stand: 'wall', fill: 0.84 },
  'books': { make: desk.books, ground: '#cbb391', turn: 0.45, tilt: 0.34, stand: 'slab', fill: 0.8 },
  'watering-can': { make: desk.wateringCan, ground: '#8fa08c', turn: 0.3, tilt: 0.18, stand: 'slab', fill: 0.8 },
  'bicycle-bell': { make: desk.bicycleBell, ground: '#7f96a0', turn: 0.5, tilt: 0.42, stand: 'plinth', fill: 0.7 },
  'notebook': { make: desk.notebook, ground: '#c2c2a6', turn: 0.5, tilt: 0.72, fill: 0.78 },
  'desk-organiser': { make: desk.deskOrganiser, ground: '#bfa98e', turn: 0.42, tilt: 0.3, stand: 'slab', fill: 0.82 },
  'backpack': { make: desk.backpack, ground: '#e0c193', turn: 0.5, tilt: 0.14, fill: 0.78 },
}
