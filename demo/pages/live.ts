import { playStream } from './live-stream.ts'

playStream(document.querySelector<HTMLVideoElement>('#stream')!, '/demo/live/stream.m3u8', '/demo/film/film-01.webm')

document.addEventListener('kanmai-room', ({ viewers }) => {
  document.querySelector('#viewers')!.textContent = `${new Intl.NumberFormat('en').format(viewers)} watching`
})
