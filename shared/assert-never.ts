/** Fails to compile where a union has a case that nobody handled; fails closed should one arrive all the same. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
