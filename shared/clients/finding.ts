/** How one thing that has to work stands. */
export type Finding = {
  /** For programs; it does not change from one version to the next. */
  id: string
  title: string
  state: 'ok' | 'warn' | 'fail' | 'skipped'
  /** What was found, a sentence. */
  said: string
  /** What the person can do about it. */
  todo?: string
}
