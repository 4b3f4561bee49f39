import { transform } from 'lightningcss'

/**
 * A host may allow only its own lit to make Trusted Types: ours answers to a name of its own, so that the host can
 * allow it (`trusted-types kanmai-lit`) and the two never collide.
 */
export const ownTrustedTypesPolicy = {
  name: 'own-trusted-types-policy',
  transform(code, id) {
    if (!/lit-html\/(development\/)?lit-html\.js/.test(id)) return undefined
    const renamed = code.replace(/createPolicy\((["'])lit-html\1/, 'createPolicy($1kanmai-lit$1')
    if (renamed === code) this.error('lit no longer creates its policy the way we rename it')
    return renamed
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
      .replace(/>\s*\n\s*(?=<|\$\{)/g, '> ')
  },
}
