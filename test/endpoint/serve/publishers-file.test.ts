import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readPublishersFile } from '../../../src/endpoint/serve/publishers-file.ts'

describe('readPublishersFile', () => {
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'kanmai-config-'))
  })
  after(() => rmSync(directory, { recursive: true }))

  const read = (content: string, env: Record<string, string> = {}) => {
    const path = join(directory, 'publishers.json')
    writeFileSync(path, content)
    return readPublishersFile(path, env)
  }

  it('reads publishers, and tokens from the environment', () => {
    const halves = { public: { locale: 'zh-CN' }, private: { networks: [] } }
    const file = { publishers: [{ key: 'a', token: 'plain', ...halves }, { key: 'b', token: { env: 'B_TOKEN' } }, { key: 'c' }] }
    assert.deepEqual(read(JSON.stringify(file), { B_TOKEN: 'secret' }), [
      { key: 'a', token: 'plain', ...halves },
      { key: 'b', token: 'secret' },
      { key: 'c' },
    ])
  })

  for (const [content, sentence] of [
    ['{', /publishers\.json cannot be read: /],
    ['[]', /publishers\.json: .*publishers.*expected a value/],
    ['{"publishers": [{"token": "x"}]}', /publishers\.json: publishers\[0\]\.key: expected a value/],
    ['{"publishers": [{"key": "a", "token": 5}]}', /publishers\.json: publishers\[0\]\.token: expected text or {"env": "NAME"}, received 5/],
    ['{"publishers": [{"key": "a", "token": {"env": "NOT_SET"}}]}', /publishers\[0\]\.token: the environment has no NOT_SET/],
  ] as const) {
    it(`refuses ${content} in a sentence`, () => {
      assert.throws(() => read(content), sentence)
    })
  }

  it('says that there is no such file', () => {
    assert.throws(() => readPublishersFile(join(directory, 'none.json'), {}), /none\.json cannot be read: ENOENT/)
  })
})
