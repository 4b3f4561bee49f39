export type FrameKind = 'youtube' | 'vimeo'

/** Whose player an iframe shows; undefined when it is none that can be spoken with. */
export function frameKind(element: Element): FrameKind | undefined {
  if (!(element instanceof HTMLIFrameElement)) return undefined
  const [, youtube, vimeo] = /^https:\/\/(?:(?:www\.)?(youtube)(?:-nocookie)?\.com\/embed\/|player\.(vimeo)\.com\/video\/)/.exec(element.src) ?? []
  return (youtube ?? vimeo) as FrameKind | undefined
}
