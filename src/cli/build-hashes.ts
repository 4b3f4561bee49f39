import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const hashed = (algorithm: 'sha256' | 'sha384', content: string | Buffer): string =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`

/** As a policy names an inline script. */
export const sha256 = (content: string): string => hashed('sha256', content)

/** Files that hosts load, by their path in the build, each with its subresource integrity. */
export function buildHashes(dist: string): Map<string, string> {
  if (!existsSync(join(dist, 'kanmai.iife.js'))) throw new Error(`There is no build in ${dist}. npm run build makes one.`)
  const chunks = readdirSync(join(dist, 'chunks')).filter((name) => name.endsWith('.js')).sort()
  const names = ['kanmai.css', 'kanmai.iife.js', 'kanmai.js', ...chunks.map((name) => `chunks/${name}`)]
  return new Map(names.map((name) => [name, hashed('sha384', readFileSync(join(dist, name)))]))
}
