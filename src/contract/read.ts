import * as v from 'valibot'

/** A schema of the contract, and the type of what it reads. */
export type Schema = v.GenericSchema
export type Read<S extends Schema> = v.InferOutput<S>

/** Reads JSON that keeps to its schema; undefined when any part of it does not, and parse.ts has to say which. */
export function read<S extends Schema>(schema: S, input: unknown): Read<S> | undefined {
  const { success, output } = v.safeParse(schema, input)
  return success ? output : undefined
}
