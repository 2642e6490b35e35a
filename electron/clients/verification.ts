/** What came of looking at a change through the eyes of the client. */
export type Verification =
  /** `said` is a sentence; `warnings` are of what is not ours. */
  | { kind: 'verified'; said: string; warnings: string[] }
  /** `why` is a sentence. */
  | { kind: 'failed'; why: string }
