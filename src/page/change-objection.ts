import { hasObjected } from './objection.ts'

/** Remembers that the reader objects, or no longer does; false where the browser denies that. */
export function rememberObjection(view: Window, key: string, objects: boolean): boolean {
  try {
    if (objects) view.localStorage.setItem(key, 'not counted')
    else view.localStorage.removeItem(key)
    return true
  } catch {
    return false
  }
}

/** Calls back when the reader says so, or takes it back, in another tab. */
export function followObjection(view: Window, key: string, changed: (objects: boolean) => void): () => void {
  const handleStorage = (event: StorageEvent): void => {
    // Without a key all was cleared.
    if (event.key === key || event.key === null) changed(hasObjected(view, key))
  }
  view.addEventListener('storage', handleStorage)
  return () => view.removeEventListener('storage', handleStorage)
}
