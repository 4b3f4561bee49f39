/** The value for a host: its own, or that of the nearest domain above it. */
export function byHost<T>(values: Readonly<Record<string, T>> | undefined, host: string): T | undefined {
  if (!values) return undefined
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    if (Object.hasOwn(values, name)) return values[name]
    if (Object.hasOwn(values, `www.${name}`)) return values[`www.${name}`]
  }
  return undefined
}
