import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importCues } from '../../../../src/endpoint/import/cues/import-cues.ts'

const options = { size: { width: 1000, height: 500 }, fps: 10 }
const rows = (from: number, to: number, row: (frame: number) => string): string => Array.from({ length: to - from }, (_, n) => row(from + n)).join('\n')
const read = (text: string, more = {}) => importCues(text, { ...options, ...more })

describe('importCues of MOT text', () => {
  it('makes a cue of every number, frames and pixels counted from 1', () => {
    const { format, cues, issues } = read(`${rows(1, 21, (n) => `${n},7,${n * 10 - 9},101,100,50,-1,-1,-1,-1`)}\n${rows(11, 31, (n) => `${n},8,401,201,100,100,1,-1,-1,-1`)}\n`)
    assert.equal(format, 'mot')
    assert.deepEqual(issues, [])
    assert.deepEqual(cues.map(({ id, item, start, end, at }) => [id, item, start, end, at]), [
      ['7-7', '7', 0, 2, { x: 0.05, y: 0.25 }],
      ['8-8', '8', 1, 3, { x: 0.45, y: 0.5 }],
    ])
    assert.deepEqual(cues[0]!.track!.keyframes.map(({ t, x }) => [t, x]), [[0, 0.05], [1.9, 0.24]])
  })

  it('leaves out what the truth does not count, and hides what is not visible', () => {
    const text = [
      rows(1, 11, (n) => `${n},1,1,1,100,100,1,3,1`),
      rows(11, 31, (n) => `${n},1,1,1,100,100,1,3,0.1`),
      rows(31, 41, (n) => `${n},1,1,1,100,100,1,3,0.9`),
      rows(1, 11, (n) => `${n},2,1,1,100,100,0,3,1`),
    ].join('\r\n')
    const itemOf = (names: readonly string[]) => (names.includes('class 3') ? 'lamp' : undefined)
    const { cues, issues } = read(text, { itemOf })
    assert.deepEqual(cues.map(({ id, start, end }) => [id, start, end]), [['lamp-1', 0, 1], ['lamp-1-2', 3, 4]])
    assert.deepEqual(issues, ['file: 10 boxes of confidence 0 were left out, as the format wants it'])
  })

  it('asks for what seqinfo.ini says', () => {
    assert.match(read('1,1,1,1,9,9,1,-1,-1,-1', { size: undefined }).issues[0]!, /seqinfo\.ini by --size/)
    assert.match(read('1,1,1,1,9,9,1,-1,-1,-1', { fps: undefined }).issues[0]!, /seqinfo\.ini by --fps/)
  })

  it('names bad lines and reads on', () => {
    const { cues, issues } = read(['frame,id,left,top,width,height', '1,1,1,1,9,9,1', '0,1,1,1,9,9,1', '2,x,1,1,9,9,1', '3,1,NaN,1,9,9,1', '4,1,1,1,-9,9,1', '', '2,1,1,1,9,9,1'].join('\n'), { format: 'mot' })
    assert.deepEqual(cues.map(({ start, end }) => [start, end]), [[0, 0.2]])
    assert.deepEqual(issues.map((issue) => issue.split(':')[0]), ['line 3', 'line 4', 'line 5', 'line 6'])
  })
})
