import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { removeData, startEndpoint, type RunningEndpoint } from '../support/start-endpoint.ts'
import { kanmai } from './run-kanmai.ts'

interface Answer {
  policy: string
  trustedTypes: string
  images: string[] | null
  integrity: Record<string, string>
  tags: Record<'style' | 'oneFile' | 'importMap' | 'module', string>
  importMapSource: string
}

describe('kanmai csp', () => {
  let endpoint: RunningEndpoint
  let answer: Answer
  before(async () => {
    endpoint = await startEndpoint()
    answer = JSON.parse((await kanmai(['csp', '--endpoint', endpoint.url, '--json'])).stdout) as Answer
  })
  after(async () => {
    await endpoint?.stop()
    removeData(endpoint.data)
  })

  it('prints the policy line, with and without Trusted Types', async () => {
    const { code, stdout } = await kanmai(['csp', '--endpoint', endpoint.url])
    assert.equal(code, 0)
    assert.ok(stdout.includes(`\nContent-Security-Policy: ${answer.policy}\n`))
    assert.ok(stdout.includes(`\nContent-Security-Policy: ${answer.policy}; require-trusted-types-for 'script'; trusted-types kanmai-lit\n`))
    assert.ok(answer.policy.includes(`script-src 'self' ${endpoint.url};`))
  })

  it('names the hash of the bytes that the endpoint serves, of every file', async () => {
    assert.ok(Object.keys(answer.integrity).some((it) => it.startsWith('chunks/')))
    for (const [name, integrity] of Object.entries(answer.integrity)) {
      const [, address] = new RegExp(`"(${endpoint.url}/dist/[\\d.]+/)kanmai.js"`).exec(answer.tags.module)!
      const bytes = Buffer.from(await (await fetch(address + name)).arrayBuffer())
      assert.equal(integrity, `sha384-${createHash('sha384').update(bytes).digest('base64')}`, name)
    }
  })

  it('gives every file of the module a hash in the import map, and the map one of its own', () => {
    const map = /^<script type="importmap">(.*)<\/script>$/.exec(answer.tags.importMap)![1]!
    const { integrity } = JSON.parse(map) as { integrity: Record<string, string> }
    const named = Object.entries(answer.integrity).filter(([name]) => /^(chunks\/.*|kanmai)\.js$/.test(name))
    assert.deepEqual(Object.values(integrity).sort(), named.map(([, hash]) => hash).sort())
    assert.equal(answer.importMapSource, `'sha256-${createHash('sha256').update(map).digest('base64')}'`)
  })

  it('allows pictures from every https host when nobody can say which', async () => {
    const { code, stdout, stderr } = await kanmai(['csp', '--endpoint', 'http://127.0.0.1:9/shop/', '--json'])
    assert.equal(code, 0)
    assert.match(stderr, /Pictures are allowed from every https host instead/)
    const { policy, images } = JSON.parse(stdout) as Answer
    assert.equal(images, null)
    assert.ok(policy.endsWith("img-src 'self' http://127.0.0.1:9/shop/ https:"), policy)
  })

  it('wants an address that is one', async () => {
    const { code, stderr } = await kanmai(['csp', '--endpoint', 'javascript:alert(1)'])
    assert.equal(code, 2)
    assert.match(stderr, /--endpoint is javascript:alert\(1\), which is no http\(s\) address/)
  })
})
