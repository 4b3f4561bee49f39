/** Follows a link as this anchor would; a browser that opens no window without a press any more opens it in this one. */
export function followLink(view: Window, href: string, { target, rel }: Pick<HTMLAnchorElement, 'target' | 'rel'>): void {
  const link = view.document.createElement('a')
  const { isActive } = (view.navigator as { userActivation?: UserActivation }).userActivation ?? { isActive: false }
  Object.assign(link, { href, rel, target: isActive ? target : '_self' })
  link.click()
}
