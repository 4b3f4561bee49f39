/** The entities that shops write into texts, beyond XML's own five. */
export const htmlEntities: Readonly<Record<string, string>> = {
  nbsp: '\u00a0', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwnj: '', zwj: '', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚',
  ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»', bull: '•', middot: '·', hellip: '…', trade: '™', copy: '©', reg: '®',
  deg: '°', plusmn: '±', times: '×', divide: '÷', frac12: '½', frac14: '¼', frac34: '¾', sup2: '²', sup3: '³', micro: 'µ', euro: '€',
  pound: '£', yen: '¥', cent: '¢', sect: '§', para: '¶', iexcl: '¡', iquest: '¿', ordf: 'ª', ordm: 'º', prime: '′', Prime: '″',
  Agrave: 'À', Aacute: 'Á', Acirc: 'Â', Atilde: 'Ã', Auml: 'Ä', Aring: 'Å', AElig: 'Æ', Ccedil: 'Ç', Egrave: 'È', Eacute: 'É',
  Ecirc: 'Ê', Euml: 'Ë', Igrave: 'Ì', Iacute: 'Í', Icirc: 'Î', Iuml: 'Ï', Ntilde: 'Ñ', Ograve: 'Ò', Oacute: 'Ó', Ocirc: 'Ô',
  Otilde: 'Õ', Ouml: 'Ö', Oslash: 'Ø', Ugrave: 'Ù', Uacute: 'Ú', Ucirc: 'Û', Uuml: 'Ü', szlig: 'ß', agrave: 'à', aacute: 'á',
  acirc: 'â', atilde: 'ã', auml: 'ä', aring: 'å', aelig: 'æ', ccedil: 'ç', egrave: 'è', eacute: 'é', ecirc: 'ê', euml: 'ë',
  igrave: 'ì', iacute: 'í', icirc: 'î', iuml: 'ï', ntilde: 'ñ', ograve: 'ò', oacute: 'ó', ocirc: 'ô', otilde: 'õ', ouml: 'ö',
  oslash: 'ø', ugrave: 'ù', uacute: 'ú', ucirc: 'û', uuml: 'ü', yuml: 'ÿ',
}
const own: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Shops escape once, twice and three times; no product's text is about entities. */
function unescaped(text: string, again = 2): string {
  const out = unescapedOnce(text)
  return out === text || !again ? out : unescaped(out, again - 1)
}

function unescapedOnce(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z][a-z\d]{1,8}));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (name) return Object.hasOwn(own, name) ? own[name]! : Object.hasOwn(htmlEntities, name) ? htmlEntities[name]! : all
    const code = hex ? parseInt(hex, 16) : Number(decimal)
    return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
  })
}

// Each pattern stops at the next `<`, so that a text of nothing but `<` costs no more than its length.
function withoutTags(text: string): string {
  return text
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr|\/ul|\/ol)\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
}

function tidy(text: string): string {
  return text
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

/** One line of text, escaped once more than the file's own format asks or not. */
export function lineOf(text: string): string {
  return tidy(unescaped(text)).replace(/\n/g, ' ')
}

/** Words of a text that may be HTML, escaped once too often or not, cut to `max` characters. Paragraphs end in a line break. */
export function plainText(text: string, max: number): string {
  const once = unescaped(withoutTags(text))
  const words = tidy(/<\/?[a-z]/i.test(once) ? unescaped(withoutTags(once)) : once)
  if (words.length <= max) return words
  // Not between the halves of a character.
  return `${words.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`
}
