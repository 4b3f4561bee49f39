/** Where a command writes: `out` is stdout, `err` is stderr. */
export interface CommandOutput {
  out(text: string): void
  err(text: string): void
}

/** `kanmai lint-link URL… [--json]`: checks affiliate links by their networks' rules. Resolves to the exit code. */
export async function lintLink(args: string[], io: CommandOutput): Promise<number> {
  void args
  void io
  return 0
}
