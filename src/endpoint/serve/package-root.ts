import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function find(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory
  const above = dirname(directory)
  if (above === directory) throw new Error('Kanmai is not complete: its package.json is missing. Install it again.')
  return find(above)
}

/** Folder of the package, wherever this file was compiled to. */
export const packageRoot = find(dirname(fileURLToPath(import.meta.url)))

export const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
