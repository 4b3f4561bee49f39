// A reader's own word that they do not want to be counted here. It must be known before anything happens, and only
// localStorage answers at once.

/** Whether the reader objects. */
export function hasObjected(view: Window, key: string): boolean {
  try {
    return view.localStorage.getItem(key) !== null
  } catch {
    return false
  }
}
