/** A new element with a class and what it holds; text stays text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const it = document.createElement(tag)
  if (className) it.className = className
  it.append(...children)
  return it
}
