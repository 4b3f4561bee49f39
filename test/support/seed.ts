// Property tests try the same inputs at every run, so that a change fails by what it changed. KANMAI_SEED=number tries others.
import fc from 'fast-check'

const seed = Number(process.env['KANMAI_SEED'] || 20261125)
if (!Number.isSafeInteger(seed)) throw new Error(`KANMAI_SEED: expected a whole number, got ${process.env['KANMAI_SEED']}`)
fc.configureGlobal({ seed })
