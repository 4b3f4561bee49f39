/**
 * Second of a media whose seconds count from the moment `origin`, while the player is at its own `second`. Where the
 * stream carries its date, viewers with different delay see the same product at the same scene; without one the
 * clock on the wall (`now`) must do. All moments in milliseconds since 1970.
 */
export function liveSecond(origin: number, second: number, startedAt: number | undefined, now: number): number {
  return startedAt === undefined ? (now - origin) / 1000 : (startedAt - origin) / 1000 + second
}
