/** Chapter links are fragments (`#t=12.5`): they can be shared, and the film goes where they say. */
const film = document.querySelector<HTMLVideoElement>('#film')!
const chapters = [...document.querySelectorAll<HTMLAnchorElement>('.chapters a')]

const secondOf = (hash: string): number | undefined => {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(hash)
  return found ? Number(found[1]) : undefined
}

function goToFragment(): void {
  const second = secondOf(location.hash)
  if (second !== undefined) film.currentTime = second
}

function markChapter(): void {
  const current = chapters.findLast((link) => (secondOf(link.hash) ?? 0) <= film.currentTime + 0.05)
  for (const link of chapters) {
    if (link === current) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
}

for (const link of chapters) {
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    history.replaceState(null, '', link.hash)
    goToFragment()
    // Without a sound track and after a click, browsers let it play; if one does not, the controls are there.
    film.play().catch(() => undefined)
  })
}

addEventListener('hashchange', goToFragment)
film.addEventListener('timeupdate', markChapter)
film.addEventListener('seeking', markChapter)
goToFragment()
markChapter()
