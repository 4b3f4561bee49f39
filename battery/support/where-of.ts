/** An error in one line, with the first place of ours. */
export function whereOf(error: unknown): string {
  const { message, stack = '' } = error as Error
  const place = /battery\/\S+?:\d+/.exec(stack.replace(message, ''))?.[0]
  return place ? `${message} (${place})` : message
}
