import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const path = (data: string) => join(data, 'token')

/** The demo publisher's token as the data directory keeps it. */
export function readToken(data: string): string | undefined {
  try {
    return readFileSync(path(data), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

/**
 * The wished token, else the kept one, else a new one. It is kept, readable by this user only, so that the next start
 * has the same and commands need not be told.
 */
export function keepToken(data: string, wished?: string): { token: string; isNew: boolean } {
  const kept = readToken(data)
  const token = wished ?? kept ?? Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url')
  if (token !== kept) {
    try {
      writeFileSync(path(data), `${token}\n`, { mode: 0o600 })
    } catch (error) {
      throw new Error(`The token cannot be kept in the data directory (${(error as Error).message}). Make room there.`, { cause: error })
    }
  }
  return { token, isNew: !wished && !kept }
}
