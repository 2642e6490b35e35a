/** How `kosmo` ends: what scripts may rely on. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const
