import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { findHolder, lockData, lockPath } from '../../../src/endpoint/store/data-lock.ts'

const other = `
  import { lockData } from ${JSON.stringify(new URL('../../../src/endpoint/store/data-lock.ts', import.meta.url).href)}
  try {
    await lockData(process.argv[1])
    console.log('held')
    setInterval(() => {}, 1000)
  } catch (error) {
    console.log(error.message)
  }
`

/** Another process that wants the directory; `said` is what came of it. */
async function contend(directory: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', other, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = await once(child.stdout, 'data')
  const said = String(chunk).trim()
  return {
    said,
    pid: child.pid!,
    async kill() {
      if (child.exitCode !== null || child.signalCode) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

describe('lockData', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kanmai-lock-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('makes the directory, holds it, says where it listens, and lets it go', async () => {
    const data = join(directory, 'deep', 'data')
    const lock = await lockData(data)
    assert.deepEqual({ ...findHolder(data), started: undefined }, { pid: process.pid, host: hostname(), started: undefined })
    lock.announce('http://127.0.0.1:8787')
    assert.equal(findHolder(data)?.url, 'http://127.0.0.1:8787')
    lock.release()
    assert.equal(findHolder(data), undefined)
    ;(await lockData(data)).release()
  })

  it('is readable by this user only: it names the way to the endpoint', async () => {
    const lock = await lockData(directory)
    lock.announce('http://127.0.0.1:1')
    assert.equal(statSync(lockPath(directory)).mode & 0o077, 0)
    lock.release()
  })

  it('refuses a second time and says who holds it and where it listens', async () => {
    const lock = await lockData(directory)
    await assert.rejects(lockData(directory), new RegExp(`${directory} is in use by process ${process.pid}, which does not listen`))
    lock.announce('http://127.0.0.1:8787')
    const before = readFileSync(lockPath(directory), 'utf8')
    const second = await contend(directory)
    assert.match(second.said, /in use by process \d+, which listens at http:\/\/127\.0\.0\.1:8787\. Stop it first, or choose another/)
    assert.equal(readFileSync(lockPath(directory), 'utf8'), before)
    lock.release()
  })

  it('takes over from a killed process', async () => {
    const first = await contend(directory)
    assert.equal(first.said, 'held')
    await assert.rejects(lockData(directory), new RegExp(`process ${first.pid}`))
    await first.kill()
    assert.equal(findHolder(directory), undefined)
    ;(await lockData(directory)).release()
    assert.ok(!existsSync(lockPath(directory)))
  })

  it('is not fooled by another process that got the same id', async () => {
    writeFileSync(lockPath(directory), JSON.stringify({ pid: process.ppid, host: hostname(), started: 'another boot' }))
    ;(await lockData(directory)).release()
  })

  it('does not judge a process of another machine', async () => {
    writeFileSync(lockPath(directory), JSON.stringify({ pid: 1, host: 'elsewhere' }))
    await assert.rejects(lockData(directory), /process 1 on elsewhere.*If that process is gone, remove .*kanmai\.lock/)
  })

  it('says that the directory cannot be made', async () => {
    writeFileSync(join(directory, 'file'), '')
    for (const place of ['file', 'file/data']) {
      await assert.rejects(lockData(join(directory, place)), /The data directory .*file.* cannot be used \(.*\)\. Choose another/)
    }
  })

  it('takes over an empty lock, as a loss of power leaves it', async () => {
    writeFileSync(lockPath(directory), '')
    ;(await lockData(directory)).release()
  })

  it('gives a dead lock to the last of several that took it over at once', async () => {
    writeFileSync(lockPath(directory), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: 'long ago' }))
    const mine = lockData(directory)
    // Another one has found the same dead lock, a moment later.
    writeFileSync(lockPath(directory), JSON.stringify({ pid: 7, host: 'elsewhere' }))
    await assert.rejects(mine, /in use by process 7 on elsewhere/)
    assert.deepEqual(JSON.parse(readFileSync(lockPath(directory), 'utf8')), { pid: 7, host: 'elsewhere' })
  })
})
