import { transform } from 'lightningcss'
import { minify } from 'terser'

const changed = (code, from, to, complain) => {
  const next = code.replace(from, to)
  if (next === code) complain(`lit is no longer written the way that ${from} mends`)
  return next
}

/**
 * lit as a guest. A host may allow only its own lit to make Trusted Types: ours answers to a name of its own, so that the
 * host can allow it (`trusted-types kanmai-lit`) and the two never collide; where it is refused, loading must not throw into
 * the page. And lit writes on the page's Symbol for decorators that we do not use, which throws where it is frozen.
 */
export const litAsGuest = {
  name: 'lit-as-guest',
  transform(code, id) {
    const complain = (words) => this.error(words)
    if (/lit-html\/(development\/)?lit-html\.js/.test(id)) {
      return changed(code, /(\w+) ?\? ?\1\.createPolicy\((["'])lit-html\2, ?(\{[^}]*\})\) ?: ?void 0/, '(() => { try { return $1?.createPolicy("kanmai-lit", $3) } catch {} })()', complain)
    }
    if (/reactive-element\/(development\/)?reactive-element\.js/.test(id)) {
      const still = changed(code, /Symbol\.metadata ?\?\?= ?Symbol\((["'])metadata\1\),/, '', complain)
      return changed(still, /this\[Symbol\.metadata\]/, 'null', complain)
    }
    return undefined
  },
}

const squeeze = (css) =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .trim()

function minifyCss(css) {
  // What is interpolated or escaped cannot be read as plain CSS here.
  if (/[\\$]/.test(css)) return squeeze(css)
  // No targets: the sheets use what the browsers of the floor know; nothing may be lowered or prefixed.
  const { code } = transform({ filename: 'element.css', code: Buffer.from(css), minify: true })
  return code.toString().replaceAll('\\', '\\\\')
}

/** Readable in the source, small in the guest's luggage: css`` and html`` lose their indentation. */
export const minifyTemplates = {
  name: 'minify-templates',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/elements\/.*\.ts$/.test(id)) return undefined
    return code
      .replace(/\bcss`([^`]*)`/g, (_, css) => `css\`${minifyCss(css)}\``)
      .replace(/([>}])\s*\n\s*(?=<|\$\{)/g, '$1 ')
      .replace(/\s*\n\s+(?=[.?@]?[\w-]+=["$])/g, ' ')
      .replace(/\s*\n\s+(?=\/?>)/g, '')
  },
}

/** Schemas of the contract that a build does not read fall away, for making one has no other effect. */
export const pureSchemas = {
  name: 'pure-schemas',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/contract\/(?!small-valibot).*\.ts$/.test(id)) return undefined
    return code.replace(/(?<=[ (])(v\.\w+|text|oneOf|list|token)(?=\()/g, '/* @__PURE__ */ $&')
  },
}

/** What a second minifier still finds in what the first has left: a hundredth of it. */
export const minifyAgain = {
  name: 'minify-again',
  async generateBundle({ format }, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const { code } = await minify(chunk.code, { module: format === 'es', ecma: 2020, compress: { passes: 3 }, format: { comments: false } })
      chunk.code = `${code}\n`
    }
  },
}
