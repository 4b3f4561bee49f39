import { join } from 'node:path'
import type { Item } from '../contract/item.ts'
import { packageRoot, version } from '../endpoint/serve/package-root.ts'
import { findHolder } from '../endpoint/store/data-lock.ts'
import { catalogueItems } from './catalogue-items.ts'
import { connectHelp, connectOptions, textOf, UsageError, type Command, type CommandIo, type Values } from './command.ts'
import { connect, dataDirectory } from './connect.ts'
import { buildHashes, sha256 } from './build-hashes.ts'

const mostItems = 5_000

export const cspCommand: Command = {
  summary: 'the policy and the hashes that a strict page needs',
  usage: 'csp [options]',
  help: `Prints the Content-Security-Policy of a page that embeds Kanmai, with and without Trusted Types, and the script tags with
the hashes of this build. Without --endpoint the address is PUBLIC_URL, else that of the endpoint that runs on the data
directory. Pictures are allowed from the hosts that the catalogue names, at most ${mostItems} items of it.

  --dist DIR        whose hashes (default: the build of this package)
${connectHelp}`,
  options: { ...connectOptions, dist: { type: 'string' } },
  async run(words, values, io) {
    if (words.length) throw new UsageError('csp takes no words, only options.')
    const address = addressOf(values, io.env)
    const images = await imageHosts(values, io)
    const publisher = textOf(values, 'publisher') ?? 'demo'
    const files = buildHashes(textOf(values, 'dist') ?? join(packageRoot, 'dist'))
    const base = `${address}/dist/${version}/`

    const integrity = Object.fromEntries([...files].filter(([name]) => name.endsWith('.js')).map(([name, hash]) => [base + name, hash]))
    const importMap = JSON.stringify({ integrity: { ...integrity, [`${base}kanmai.iife.js`]: undefined } })
    const policy = policyOf(address, images)
    const answer = {
      version,
      endpoint: address,
      images: images ?? null,
      policy,
      trustedTypes: `${policy}; require-trusted-types-for 'script'; trusted-types kanmai-lit`,
      integrity: Object.fromEntries(files),
      tags: {
        style: `<link rel="stylesheet" href="${base}kanmai.css" integrity="${files.get('kanmai.css')}" crossorigin="anonymous">`,
        oneFile: `<script src="${base}kanmai.iife.js" integrity="${files.get('kanmai.iife.js')}" crossorigin="anonymous" data-endpoint="${address}" data-publisher="${publisher}" defer></script>`,
        importMap: `<script type="importmap">${importMap}</script>`,
        module: `<script type="module" src="${base}kanmai.js" integrity="${files.get('kanmai.js')}" crossorigin="anonymous" data-endpoint="${address}" data-publisher="${publisher}"></script>`,
      },
      importMapSource: `'${sha256(importMap)}'`,
    }
    io.say(values['json'] ? JSON.stringify(answer, null, 2) : inWords(answer))
    return 0
  },
}

function addressOf(values: Values, env: NodeJS.ProcessEnv): string {
  const address = textOf(values, 'endpoint') ?? (env['PUBLIC_URL'] || findHolder(dataDirectory(values, env))?.url)
  if (!address) throw new UsageError('csp needs the address that pages know: --endpoint https://shop.example')
  try {
    const { protocol, origin, pathname } = new URL(address)
    if (/^https?:$/.test(protocol)) return origin + pathname.replace(/\/+$/, '')
  } catch {
    // Said below.
  }
  throw new UsageError(`--endpoint is ${address}, which is no http(s) address.`)
}

/** Origins of the catalogue's pictures; undefined when nobody can be asked. */
async function imageHosts(values: Values, io: CommandIo): Promise<string[] | undefined> {
  try {
    const endpoint = await connect(values, io.env)
    try {
      const items = await catalogueItems(endpoint, mostItems)
      if (items.length >= mostItems) io.note(`Of the catalogue ${items.length} items were read: others may have pictures elsewhere.`)
      return [...new Set(items.flatMap(picturesOf).map((it) => new URL(it).origin))].sort()
    } finally {
      await endpoint.close()
    }
  } catch (error) {
    io.note(`${(error as Error).message} Pictures are allowed from every https host instead.`)
    return undefined
  }
}

const picturesOf = ({ image, images, variants }: Item): string[] =>
  [image, ...(images ?? []).map(({ url }) => url), ...(variants ?? []).map((it) => it.image)].filter((it) => it !== undefined)

function policyOf(address: string, images: string[] | undefined): string {
  // A source with a path allows what lies below it only with a slash at its end.
  const source = new URL(address).pathname === '/' ? address : `${address}/`
  const pictures = images?.filter((it) => it !== source) ?? ['https:']
  return [
    "default-src 'self'",
    ...['script-src', 'style-src', 'connect-src'].map((it) => `${it} 'self' ${source}`),
    ["img-src 'self'", source, ...pictures].join(' '),
  ].join('; ')
}

interface Answer {
  version: string
  policy: string
  trustedTypes: string
  tags: Record<'style' | 'oneFile' | 'importMap' | 'module', string>
  importMapSource: string
}

const inWords = ({ version, policy, trustedTypes, tags, importMapSource }: Answer): string => `A page that embeds Kanmai ${version} and nothing else from elsewhere:

Content-Security-Policy: ${policy}

The same with Trusted Types:

Content-Security-Policy: ${trustedTypes}

One file with everything, which its hash covers whole:

${tags.style}
${tags.oneFile}

Or the module that loads what the page uses. The hash on its tag covers that file alone; those of the files it loads stand in
the import map, before every module (Chromium 127, Safari 18, Firefox 138 and newer; others do not look at them). A policy
allows the map by adding ${importMapSource} to script-src:

${tags.importMap}
${tags.module}`
