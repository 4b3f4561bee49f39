// The package's entry pulls in Node's cluster module; this file of it runs anywhere and has no types of its own.
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  import type { RateLimiterMemory } from 'rate-limiter-flexible'
  const Limiter: typeof RateLimiterMemory
  type Limiter = RateLimiterMemory
  export default Limiter
}
