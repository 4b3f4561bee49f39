/** Whether a database of this name is there, since opening one makes it. Undefined where the browser cannot say (Firefox before 126). */
export async function databaseExists(name: string): Promise<boolean | undefined> {
  const all = await indexedDB.databases?.()
  return all?.some((it) => it.name === name)
}
