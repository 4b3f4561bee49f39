// What the script-tag builds put in valibot's place (vite.embed.config.ts): the few of its functions that the contract's
// schemas are made of, with the same results, in a third of the bytes. test/contract runs every case on both.

interface Issue {
  kind: string
  type: string
  input: unknown
  received: string
  message: string | undefined
  path: { key: string | number }[]
}
type Result = [output: unknown, issues: Issue[]]
type Schema = (input: unknown) => Result
type Entries = Record<string, Schema>

const stringify = (it: unknown): string =>
  typeof it === 'string'
    ? `"${it}"`
    : it && typeof it === 'object'
      ? (Object.getPrototypeOf(it)?.constructor?.name ?? 'null')
      : typeof it === 'function'
        ? 'Function'
        : String(it)

const fail = (type: string, input: unknown, message?: string, kind = 'schema'): Result => [
  input,
  [{ kind, type, input, received: stringify(input), message, path: [] }],
]

/** Reads one entry of an object or list; its issues are told with the key they are under. */
function at(key: string | number, [output, found]: Result, issues: Issue[]): unknown {
  for (const issue of found) {
    issue.path.unshift({ key })
    issues.push(issue)
  }
  return output
}

const optionals = new WeakSet<Schema>()

export const custom =
  (check: (it: unknown) => boolean, message: string): Schema =>
  (input) =>
    check(input) ? [input, []] : fail('custom', input, message)

export const boolean = (message: string): Schema => custom((it) => typeof it === 'boolean', message)

export const picklist = (words: readonly unknown[], message = ''): Schema => custom((it) => words.includes(it), message)

export const unknown = (): Schema => (input) => [input, []]

export function optional(schema: Schema): Schema {
  const read: Schema = (input) => (input === undefined ? [input, []] : schema(input))
  optionals.add(read)
  return read
}

export const array =
  (entry: Schema, message?: string): Schema =>
  (input) => {
    if (!Array.isArray(input)) return fail('array', input, message)
    const issues: Issue[] = []
    return [[...input].map((it, index) => at(index, entry(it), issues)), issues]
  }

/** Its `entries` can be spread into another's. */
export function object(entries: Entries): Schema & { entries: Entries } {
  const read: Schema = (input) => {
    if (!input || typeof input !== 'object') return fail('object', input)
    const issues: Issue[] = []
    const output: Record<string, unknown> = {}
    for (const [key, entry] of Object.entries(entries)) {
      // What a host page puts on Object.prototype is no field.
      const given = key in input && (Object.hasOwn(input, key) || !(key in {}))
      if (given) output[key] = at(key, entry((input as Record<string, unknown>)[key]), issues)
      else if (!optionals.has(entry)) at(key, fail('object', undefined), issues)
    }
    return [output, issues]
  }
  return Object.assign(read, { entries })
}

export const record =
  (name: Schema, value: Schema): Schema =>
  (input) => {
    if (!input || typeof input !== 'object') return fail('record', input)
    const issues: Issue[] = []
    const output: [string, unknown][] = []
    for (const [key, it] of Object.entries(input)) {
      // valibot leaves these out as well: they would reach the prototype.
      if (/^(__proto__|prototype|constructor)$/.test(key)) continue
      const known = !name(key)[1].length
      if (!known) at(key, [key, name(key)[1]], issues)
      const read = at(key, value(it), issues)
      if (known) output.push([key, read])
    }
    // Not by assignment, which a frozen Object.prototype forbids for names such as toString.
    return [Object.fromEntries(output), issues]
  }

export const pipe =
  (schema: Schema, action: Schema): Schema =>
  (input) => {
    const [output, issues] = schema(input)
    return issues.length ? [output, issues] : action(output)
  }

export const check =
  (holds: (it: never) => boolean, message: string): Schema =>
  (input) =>
    holds(input as never) ? [input, []] : fail('check', input, message, 'validation')

export function safeParse(schema: Schema, input: unknown): { success: boolean; output: unknown; issues: Issue[] | undefined } {
  const [output, issues] = schema(input)
  return { success: !issues.length, output, issues: issues.length ? issues : undefined }
}
