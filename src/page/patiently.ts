// Some browsers leave a request unanswered for ever when storage is broken or blocked by another tab. Milliseconds of one
// turn, and how many there are: a page that is too busy to hear the answer is also late for its turns, and waits the longer.
const turn = 300
const turns = 10

/** The database's answer; rejects, and calls `giveUp`, when it has not come for three seconds in which the page could have heard it. */
export function patiently<T>(answer: Promise<T>, giveUp = (): void => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    let left = turns
    let timer: ReturnType<typeof setTimeout>
    const wait = (): void => {
      timer = setTimeout(() => {
        if (--left) return wait()
        reject(new Error('the database does not answer'))
        giveUp()
      }, turn)
    }
    wait()
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
