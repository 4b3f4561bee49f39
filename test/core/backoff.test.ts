import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { backoff } from '../../src/core/backoff.ts'
import { createClock as createLearningClock } from '../../src/core/clock.ts'
import { uuid } from '../../src/core/uuid.ts'

const now = Date.parse('2026-11-23T14:00:00Z')

describe('backoff', () => {
  it('doubles its limit from half a second to a minute', () => {
    const most = [1, 2, 3, 7, 8, 50, 5000].map((failures) => backoff(failures, (below) => below - 1))
    assert.deepEqual(most, [500, 1000, 2000, 32_000, 60_000, 60_000, 60_000])
  })
  it('may as well not wait at all', () => assert.equal(backoff(9, () => 0), 0))
})

describe('the clock', () => {
  const createClock = (local: () => number, steady: () => number = () => 0) => createLearningClock(local, steady)
  it('is the reader\'s until the endpoint says otherwise', () => {
    let local = now
    const clock = createClock(() => local)
    assert.equal(clock.now(), now)
    clock.learn(NaN)
    assert.equal(clock.now(), now)
    clock.learn(now + 3600_000)
    local += 1000
    assert.equal(clock.now(), now + 3601_000)
  })
  it('goes back too', () => {
    const clock = createClock(() => now)
    clock.learn(now - 3600_000)
    assert.equal(clock.now(), now - 3600_000)
  })
  it('does not believe an answer that was late', () => {
    const clock = createClock(() => now)
    clock.learn(now + 60_000)
    clock.learn(now - 240_000)
    assert.equal(clock.now(), now + 60_000)
  })
  it('goes on when the reader\'s is set back, also when the endpoint has set it right before', () => {
    let local = now
    let steady = 0
    const clock = createClock(() => local, () => steady)
    const pass = (milliseconds: number) => {
      local += milliseconds
      steady += milliseconds
    }
    assert.equal(clock.now(), now)
    pass(5000)
    local -= 3600_000
    assert.equal(clock.now(), now + 5000)
    clock.learn(now + 5000 + 60_000)
    pass(1000)
    local -= 86_400_000
    assert.equal(clock.now(), now + 6000 + 60_000)
  })
  it('believes the reader\'s after a sleep, in which the steady one rests', () => {
    let local = now
    const clock = createClock(() => local)
    assert.equal(clock.now(), now)
    local += 3600_000
    assert.equal(clock.now(), now + 3600_000)
  })
  it('does not quarrel about a second', () => {
    const clock = createClock(() => now)
    clock.learn(now - 1000)
    assert.equal(clock.now(), now)
  })
})

describe('uuid', () => {
  it('is of version 4', () => {
    assert.match(uuid((below) => Math.floor(Math.random() * below)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(uuid((below) => below - 1), 'ffffffff-ffff-4fff-bfff-ffffffffffff')
  })
})
