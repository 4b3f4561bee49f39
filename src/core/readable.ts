/** A value that can be read now and followed; a nanostores atom is one. */
export interface Readable<T> {
  get(): T
  /** Calls the listener at once and at every change, until the returned function is called. */
  subscribe(listener: (value: T) => void): () => void
}
