/** Runs `work` while no other process of this checkout holds the lock of this name. */
export function withLock<T>(name: string, work: () => Promise<T>): Promise<T>
