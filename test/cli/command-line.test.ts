import assert from 'node:assert/strict'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { version } from '../../src/endpoint/serve/package-root.ts'
import { kanmai, newDirectory } from './run-kanmai.ts'

describe('the command line', () => {
  it('says its version', async () => {
    assert.deepEqual(await kanmai(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('may be run as it is, once it is built', () => {
    assert.ok(statSync('dist/lib/cli/main.js').mode & 0o100)
  })

  it('lists its commands, and each says what it takes', async () => {
    const { code, stdout } = await kanmai(['--help'])
    assert.equal(code, 0)
    const names = [...stdout.matchAll(/^ {2}([a-z-]+) {2,}/gm)].map(([, name]) => name!)
    assert.deepEqual(names, ['serve', 'import', 'report', 'ref', 'export', 'contact-sheet', 'csp', 'lint-link'])
    const helps = await Promise.all(names.map((name) => kanmai([name, '--help'])))
    helps.forEach((help, index) => {
      assert.equal(help.code, 0)
      assert.match(help.stdout, new RegExp(`^Usage: kanmai ${names[index]}`))
    })
  })

  const home = newDirectory()
  const elsewhere = { KANMAI_DATA: join(home, 'nothing') }
  const file = join(home, 'feed.tsv')
  writeFileSync(file, 'id\ttitle\n')
  after(() => rmSync(home, { recursive: true }))

  for (const [args, sentence] of [
    [['fly'], /^There is no command fly\.\nkanmai --help/],
    [['--fly'], /^Unknown option --fly\./],
    [['import', '--fly', file], /^Unknown option --fly\.\nkanmai import --help/],
    [['import'], /^import needs a FILE/],
    [['import', '/no/such/file.xml'], /^There is no file \/no\/such\/file\.xml\./],
    [['import', file, '--format', 'pdf'], /^There is no format pdf: take one of google-xml/],
    [['import', file, '--currency', 'dollars'], /--currency is dollars/],
    [['import', file, '--base', 'javascript:x'], /--base is javascript:x/],
    [['serve', '--port', '70000'], /^70000 is no port/],
    [['serve', 'now'], /^serve takes no words/],
    [['report', '--from', 'yesterday'], /--from is yesterday/],
    [['report', '--by', 'weather'], /--by weather is none of placement/],
    [['ref'], /^ref needs one REF/],
    [['ref', 'no-ref'], /^no-ref is no ref/],
    [['export'], /^export needs one DIR/],
    [['export', '/tmp', '--media', '../x'], /--media \.\.\/x cannot be a file's name/],
  ] as const) {
    it(`does not understand: kanmai ${args.join(' ').replace(file, 'FILE')}`, async () => {
      const { code, stdout, stderr } = await kanmai([...args], { env: elsewhere })
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, sentence)
    })
  }

  it('says that there is nothing to ask', async () => {
    const { code, stdout, stderr } = await kanmai(['report', '--json'], { env: elsewhere })
    assert.equal(code, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /^No endpoint runs on .*nothing, and there is no store in it\. Start kanmai serve/)
  })

  it('says that nobody answers at the endpoint that was named', async () => {
    const { code, stderr } = await kanmai(['report', '--endpoint', 'http://127.0.0.1:1'])
    assert.equal(code, 1)
    assert.match(stderr, /^The endpoint http:\/\/127\.0\.0\.1:1 does not answer: /)
  })

  it('reads what a ref says without any store', async () => {
    const { code, stdout, stderr } = await kanmai(['ref', '1000000000000zz00000000000000', '--json'], { env: elsewhere })
    assert.equal(code, 1)
    assert.deepEqual(JSON.parse(stdout).says, { second: 1295 })
    assert.match(stderr, /No endpoint runs/)
  })
})
