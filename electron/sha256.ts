/** SHA-256 in hex. `node:crypto` is loaded by the first call: many processes end without one. */
export function sha256(data: string | Uint8Array): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', data)
}
