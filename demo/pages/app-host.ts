import type { Item, ItemList } from '../../src/contract/item.ts'
import { ask } from './ask.ts'
import { element } from './element.ts'
import { formatMoney } from './money.ts'

// Plays the app around this page, as Android's web view would put it there: an object of the name kanmai. What an app
// does in its own code stands below in the page's.

interface Call {
  id: string
  verb: string
  body: { url?: string; item?: string; ref?: string; text?: string; title?: string; signals?: { type: string; item?: string }[] }
}

const byId = <T extends HTMLElement>(id: string) => document.querySelector<T>(`#${id}`)!
const sheet = byId<HTMLDialogElement>('sheet')
const toast = byId('toast')
const log = byId('log')

function note(call: Call): void {
  const { url, item, ref, text, title, signals } = call.body
  const what = text ?? title ?? signals?.map((it) => `${it.type} ${it.item ?? ''}`).join() ?? item ?? ''
  const line = element('li', call.verb, element('b', '', call.verb), element('span', '', ref ? `${what} · ref ${ref}` : what || (url ?? '')))
  log.append(line)
  log.scrollTop = log.scrollHeight
}

let fading = 0
function say(words: string): void {
  toast.textContent = words
  clearTimeout(fading)
  fading = window.setTimeout(() => (toast.textContent = ''), 2400)
}

async function showProduct({ url, item: id, ref }: Call['body']): Promise<void> {
  byId('sheet-title').textContent = '…'
  byId('sheet-price').textContent = ''
  byId('sheet-ref').textContent = ref ? `推广标识 ${ref}` : '没有推广标识'
  byId<HTMLAnchorElement>('sheet-go').href = url!
  byId<HTMLImageElement>('sheet-picture').removeAttribute('src')
  sheet.showModal()
  const { value } = await ask<ItemList>(`/items?ids=${encodeURIComponent(id ?? '')}`)
  const { title, price, image }: Partial<Item> = value?.items[0] ?? {}
  byId('sheet-title').textContent = title ?? new URL(url!).hostname
  if (price) byId('sheet-price').textContent = formatMoney(price.now)
  if (image) byId<HTMLImageElement>('sheet-picture').src = image
}

/** Whether the app does it. */
function does({ verb, body }: Call): boolean {
  if (verb === 'open') void showProduct(body)
  else if (verb === 'copy') void navigator.clipboard.writeText(body.text!).then(() => say(`应用已复制 ${body.text}`), () => say(`券码 ${body.text}`))
  else if (verb === 'share') say(`应用分享：${body.title}`)
  else if (verb === 'login') say('应用确认：你已登录')
  else return verb === 'hello' || verb === 'signal'
  return true
}

if (document.documentElement.classList.contains('in-app')) {
  const kanmai = {
    onmessage: null as ((event: { data: string }) => void) | null,
    postMessage(message: string) {
      const call = JSON.parse(message) as Call
      note(call)
      const answer = { kanmai: 1, id: call.id, ok: does(call), value: { verbs: ['open', 'copy', 'share', 'login', 'signal'] } }
      setTimeout(() => kanmai.onmessage?.({ data: JSON.stringify(answer) }))
    },
  }
  Object.assign(window, { kanmai })
  sheet.addEventListener('click', (event) => {
    if (event.target === sheet) sheet.close()
  })
  for (const it of ['sheet-close', 'sheet-go']) byId(it).addEventListener('click', () => sheet.close())
}
