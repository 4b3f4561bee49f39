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
