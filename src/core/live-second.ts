/**
 * Second of a media whose seconds count from the moment `origin`, while the player is at its own `second`. Where the
 * stream carries its date, viewers with different delay see the same product at the same scene; without one the
 * clock on the wall (`now`) must do. All moments in milliseconds since 1970.
 */
export function liveSecond(origin: number, second: number, startedAt: number | undefined, now: number): number {
  return startedAt === undefined ? (now - origin) / 1000 : (startedAt - origin) / 1000 + second
}

/** The way back: second of the player that shows a second of the media; undefined when the stream carries no date. */
export function playerSecond(origin: number, second: number, startedAt: (second?: number) => number | undefined): number | undefined {
  const moment = origin + second * 1000
  let date = startedAt()
  // What is far away may lie beyond a jump of the stream's dates, and is counted anew from there.
  for (let look = 0; look < 3 && date !== undefined; look++) date = startedAt((moment - date) / 1000)
  return date === undefined ? undefined : (moment - date) / 1000
}
