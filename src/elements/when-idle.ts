/** Runs something once the page has painted what it has; Safari without the function waits a moment. */
export const whenIdle = (run: () => void): void => void (globalThis.requestIdleCallback ?? setTimeout)(run)
