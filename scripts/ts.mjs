// `node --import ./scripts/ts.mjs FILE.ts` runs TypeScript as it is, in this thread and in those it starts; tsx alone leaves those out.
import { isMainThread } from 'node:worker_threads'

if (isMainThread) await import('tsx')
else (await import('tsx/esm/api')).register()
