/** Puts text on the clipboard; false when the browser does not let us. `root` lends the place for the old way of copying. */
export async function copyText(text: string, root: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Not a secure context, or not allowed in this frame.
    const field = document.createElement('textarea')
    field.value = text
    const focused = root.activeElement as HTMLElement | null
    root.append(field)
    field.select()
    const copied = document.execCommand('copy')
    field.remove()
    focused?.focus()
    return copied
  }
}
