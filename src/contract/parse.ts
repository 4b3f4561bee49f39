import * as v from 'valibot'
import type { Read, Schema } from './read.ts'

/** What came out of foreign JSON: the part that holds, and a sentence for each part that does not. */
export interface Parsed<T> {
  /** Undefined when nothing could be kept. */
  value: T | undefined
  /** Sentences such as `items[3].price.now.minor: expected an integer, received "12"`. */
  issues: string[]
}

type Path = (string | number)[]

const hole = Symbol()
const mostIssues = 100

function pathOf(issue: v.BaseIssue<unknown>): Path {
  return (issue.path ?? []).map((step) => step.key as string | number)
}

function sentence(issue: v.BaseIssue<unknown>, name: string): string {
  const path = pathOf(issue)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')
  // A missing key carries valibot's own message; every other message is our phrase.
  const wanted = /object|record/.test(issue.type) ? (issue.received === 'undefined' ? 'a value' : 'an object') : issue.message
  const received = issue.received.slice(0, 80)
  return `${path || name}: expected ${wanted}${issue.kind === 'validation' ? '' : `, received ${received}`}`
}

/** A copy to cut from, without what was cut before. No schema is deeper than 12, so a cycle ends there. */
function copy(root: unknown, depth = 12): unknown {
  if (typeof root !== 'object' || root === null || !depth) return root
  if (Array.isArray(root)) return root.filter((it) => it !== hole).map((it) => copy(it, depth - 1))
  return Object.fromEntries(Object.entries(root).map(([key, it]) => [key, copy(it, depth - 1)]))
}

function cut(root: unknown, path: Path): void {
  const key = path.at(-1)!
  const owner = path.slice(0, -1).reduce((it, step) => (it as Record<string, unknown> | undefined)?.[step], root)
  if (Array.isArray(owner)) owner[key as number] = hole
  else if (typeof owner === 'object' && owner) delete (owner as Record<string, unknown>)[key]
}

/** What to cut so that the rest lives: `null` counts as missing; a bad value takes its list entry with it, or just itself. */
function culprit(issue: v.BaseIssue<unknown>): Path {
  const path = pathOf(issue)
  if (issue.input === null) return path
  return path.slice(0, path.findLastIndex((key) => typeof key === 'number') + 1 || path.length)
}

/**
 * Reads foreign JSON by a schema into a fresh object: unknown fields are left out, a bad entry is dropped and named by
 * its path, the rest lives. Never throws.
 */
export function parse<S extends Schema>(schema: S, input: unknown, name = 'value'): Parsed<Read<S>> {
  let result = v.safeParse(schema, input)
  if (result.success) return { value: result.output, issues: [] }

  const named = result.issues.filter((issue) => issue.input !== null)
  const issues = named.slice(0, mostIssues).map((issue) => sentence(issue, name))
  if (named.length > mostIssues) issues.push(`${name}: ${named.length - mostIssues} more like these`)

  // A required value that was cut is missing in the next round and then takes its owner with it, up to the root.
  const gone = new Set<string>()
  let rest = input
  for (let round = 0; !result.success && round < 12; round++) {
    rest = copy(rest)
    for (const issue of result.issues) {
      let path = culprit(issue)
      while (gone.has(path.join('.'))) path = path.slice(0, -1)
      if (!path.length) return { value: undefined, issues: issues.length ? issues : [sentence(issue, name)] }
      if (path.every((key) => typeof key === 'string')) gone.add(path.join('.'))
      cut(rest, path)
    }
    result = v.safeParse(schema, copy(rest))
  }
  return { value: result.success ? result.output : undefined, issues }
}
