export { createHandler, type Handler, type HandlerOptions } from './handler.ts'
export { defaultLimits, type Limits } from './limits.ts'
export { migrations } from './store/migrations.ts'
export type { Sql } from './store/sql.ts'
