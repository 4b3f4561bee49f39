import { describe, it } from 'node:test'
import { tryOutbox } from './outbox-model.ts'

describe('whatever happens to an outbox', () => {
  it('everything taken is stored, or noted as lost by the endpoint', () => tryOutbox(300, 60))
})
