import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import { fnv } from './fnv.ts'
import { Problem } from './problem.ts'
import type { Limits } from './limits.ts'

/** What is counted apart. */
export type Budget = 'impressionBatches' | 'actBatches' | 'clicks' | 'reads' | 'failedTokens'

export interface RateLimits {
  /** Takes one from the budget of the client's address prefix within the publisher; throws a 429 when it is used up. */
  take(budget: Budget, publisher: string, request: Request): Promise<void>
  /** Throws a 429 when all of the budgets are used up; takes nothing. */
  check(budgets: readonly Budget[], publisher: string, request: Request): Promise<void>
}

interface RateLimitOptions {
  limits: Limits
  random: (below: number) => number
  clientAddress?: (request: Request) => string | undefined
}

// Memory is bounded by counting in this many buckets. Two prefixes rarely share one, and nobody outside knows which do.
const buckets = 16_384

export function createRateLimits({ limits, random, clientAddress }: RateLimitOptions): RateLimits {
  const seed = random(2 ** 32)
  const limiters = new Map<Budget, RateLimiterMemory>()
  function limiterOf(budget: Budget): RateLimiterMemory {
    const limiter = limiters.get(budget) ?? new RateLimiterMemory({ points: limits[budget], duration: limits.windowSeconds })
    limiters.set(budget, limiter)
    return limiter
  }
  function bucketOf(publisher: string, request: Request): string | undefined {
    const address = clientAddress?.(request)
    return address && String((fnv(`${publisher}\n${addressPrefix(address)}`, seed) >>> 0) % buckets)
  }
  const refuse = (budget: Budget, msBeforeNext: number) => {
    const retryAfter = Math.max(1, Math.ceil(msBeforeNext / 1000))
    const spent = `More than ${limits[budget]} ${phrases[budget]} in ${limits.windowSeconds} s from this network.`
    return new Problem(429, 'Too many requests', `${spent} Try again in ${retryAfter} s.`, { retryAfter })
  }

  return {
    async take(budget, publisher, request) {
      const key = bucketOf(publisher, request)
      if (key === undefined) return
      await limiterOf(budget)
        .consume(key)
        .catch((spent: { msBeforeNext: number }) => {
          throw refuse(budget, spent.msBeforeNext)
        })
    },
    async check(budgets, publisher, request) {
      const key = bucketOf(publisher, request)
      if (key === undefined) return
      for (const budget of budgets) {
        const spent = await limiterOf(budget).get(key)
        if (!spent || spent.consumedPoints < limits[budget]) return
        if (budget === budgets.at(-1)) throw refuse(budget, spent.msBeforeNext)
      }
    },
  }
}

const phrases: Record<Budget, string> = {
  impressionBatches: 'batches of impressions',
  actBatches: 'batches of signals',
  clicks: 'clicks',
  reads: 'requests',
  failedTokens: 'wrong tokens',
}

/** The network an address is in: /24 of IPv4, /48 of IPv6. */
export function addressPrefix(address: string): string {
  const four = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)
  if (four) return four[1]!
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  while (tail !== undefined && groups.length + rest.length < 8) groups.push('0')
  return [...groups, ...rest].slice(0, 3).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
