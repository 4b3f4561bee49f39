/** Whether a database of this name is there, since opening one makes it. Undefined where the browser cannot say (Firefox before 126). */
export async function databaseExists(name: string): Promise<boolean | undefined> {
  // A sandboxed page has none: asked there, Chromium throws, and leaves a rejected promise behind that nobody can catch.
  const all = globalThis.origin === 'null' ? undefined : await indexedDB.databases?.()
  return all?.some((it) => it.name === name)
}
