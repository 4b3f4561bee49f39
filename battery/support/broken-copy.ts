import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Defect } from '../defects/defects.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** All that a group needs to run; `dist` as it was built. */
const parts = ['battery', 'bench', 'demo', 'dist', 'scripts', 'src', 'test', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.build.json', 'tsconfig.browser.json', 'vite.embed.config.ts']
/** Rooms that the script tag's build has; every file is a module of the endpoint's. */
const inEmbed = /^src\/(?!networks|endpoint|cli)/
/** Groups that need no browser and no endpoint. */
const onSources = /^F[46]$/
const longest = 240_000
/** As `tsconfig.build.json` has it; what a defect makes of the types is no matter. */
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true }

/** A copy of the project that can be broken. */
export interface BrokenCopy {
  /** Runs a group on the copy, or what it has `only` of that, with the defect in it if one is given: whether it passed, and the last lines it said. */
  passes(part: { group: string; only?: string }, engine: string, defect?: Defect): Promise<{ passed: boolean; said: string }>
  remove(): void
}

export function copyProject(): BrokenCopy {
  const copy = mkdtempSync(join(tmpdir(), 'kanmai-broken-'))
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  const built = join(copy, 'built')
  cpSync(join(root, 'dist'), built, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const run = (args: string[], env = {}) =>
    new Promise<{ status: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, args, { cwd: copy, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: longest, killSignal: 'SIGKILL' })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk))
      child.once('close', (status) => resolve({ status, said }))
    })
  async function build(file: string) {
    const module = join(copy, file.replace(/^src/, 'dist/lib').replace(/ts$/, 'js'))
    writeFileSync(module, ts.transpileModule(readFileSync(join(copy, file), 'utf8'), { compilerOptions }).outputText)
    if (!inEmbed.test(file)) return
    const { status, said } = await run(['node_modules/vite/bin/vite.js', 'build', '-c', 'vite.embed.config.ts', '--logLevel', 'warn'], { KANMAI_BUILD: 'module' })
    if (status !== 0) throw new Error(`${file} does not build: ${said.slice(-500)}`)
  }
  function restoreBuild() {
    rmSync(join(copy, 'dist'), { recursive: true })
    cpSync(built, join(copy, 'dist'), { recursive: true })
  }

  return {
    async passes({ group, only }, engine, defect) {
      const file = defect && join(copy, defect.file)
      const whole = file && readFileSync(file, 'utf8')
      if (defect && whole!.split(defect.from).length !== 2) throw new Error(`${defect.file} has not once: ${defect.from}`)
      const needsBuild = defect && !onSources.test(group)
      try {
        if (defect) writeFileSync(file!, whole!.replace(defect.from, () => defect.to))
        if (needsBuild) await build(defect.file)
        const part = [group, ...(only ? ['--only', only] : []), '--until-missed']
        const { status, said } = await run(['--import', './scripts/ts.mjs', 'battery/main.ts', ...part, '--engines', engine, '--as-built'])
        // A group that cannot even begin has seen nothing; one that never ends has.
        if (status !== 0 && status !== null && !said.includes('missed')) throw new Error(`${group} broke off: ${said.slice(-1500)}`)
        return { passed: status === 0, said: status === null ? 'missed: it did not end' : said.slice(-2000) }
      } finally {
        if (defect) writeFileSync(file!, whole!)
        // What was built of the defect must not stay for the next one.
        if (needsBuild) restoreBuild()
      }
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  }
}
