import { playStream } from './live-stream.ts'

const video = document.querySelector<HTMLVideoElement>('#recording')!
const form = document.querySelector<HTMLFormElement>('.minutes')!
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' })

/** `?from=` and `?to=` (moments) make the recording one that can be passed on; without them it is the last minutes. */
const asked = new URL(location.href).searchParams

let stop = () => {}

function play(from: Date, to: Date): void {
  stop()
  const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() })
  stop = playStream(video, `/demo/live/recording.m3u8?${query}`, '/demo/film/film-01.webm')
  document.querySelector('#span')!.textContent = clock.formatRange(from, to)
}

function playLast(): void {
  const to = new Date()
  const minutes = Number(new FormData(form).get('minutes'))
  play(new Date(to.getTime() - minutes * 60_000), to)
}

form.addEventListener('change', playLast)

const [from, to] = [new Date(asked.get('from') ?? ''), new Date(asked.get('to') ?? Date.now())]
if (from < to) play(from, to)
else playLast()
