import { hasObjected } from './objection.ts'

/** Calls back when the reader says so, or takes it back, in another tab. */
export function followObjection(view: Window, key: string, changed: (objects: boolean) => void): () => void {
  const handleStorage = (event: StorageEvent): void => {
    // Without a key all was cleared.
    if (event.key === key || event.key === null) changed(hasObjected(view, key))
  }
  view.addEventListener('storage', handleStorage)
  return () => view.removeEventListener('storage', handleStorage)
}
