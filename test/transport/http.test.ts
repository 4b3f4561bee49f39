import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { PageConfig } from '../../src/contract/page-config.ts'
import { createHttp, patience } from '../../src/transport/http.ts'
import type { Wire } from '../../src/transport/wire.ts'

describe('a request', () => {
  const wire: Wire = {
    // As WebKit's after a stay in the back/forward cache: never settled, not even when aborted.
    fetch: () => new Promise(() => {}),
    beacon: () => assert.fail('nobody leaves'),
    stream: () => assert.fail('nobody is live'),
  }

  it('is given up after its time, though the browser never settles it', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const result = createHttp('https://shop.example/v1/demo', wire).request('/config', PageConfig)
    mock.timers.tick(patience)
    assert.deepEqual(await result, { ok: false, late: true })
    mock.timers.reset()
  })

  it('ends when all are broken off', async () => {
    const http = createHttp('https://shop.example/v1/demo', wire)
    const result = http.request('/config', PageConfig)
    http.stop()
    assert.deepEqual(await result, { ok: false, late: false })
  })
})
