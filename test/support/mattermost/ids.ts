// Go's encoding of 16 random bytes in Mattermost: 26 letters, the last one carries three bits only.
const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'

/** Makes a generator of ids as the real server makes them (26 letters of its alphabet), equal for equal seeds. */
export function idMaker(seed: number): () => string {
  const random = randomBits(seed)
  return () => {
    let id = ''
    for (let place = 0; place < 25; place++) id += ALPHABET.charAt(random() & 31)
    return id + ALPHABET.charAt((random() & 7) << 2)
  }
}

// mulberry32: small, and good enough for names that must differ, not for secrets.
function randomBits(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 8
  }
}

/** The server's own test of an id: 26 letters or digits, of either case. */
export function isValidId(text: string): boolean {
  return /^[A-Za-z0-9]{26}$/.test(text)
}
