/** Everything that an approval holds for. The text is the one that is sent, to the letter. */
export type PostContent = {
  /** Alias of the account. */
  account: string
  server: string
  /** Id of the channel, `@<person id>` where there is no direct channel yet. */
  channel: string
  /** Id of the post that is answered. */
  root?: string | undefined
  text: string
}

/** What was shown as one string: two contents have the same one where they are the same post, and nowhere else. */
export function fingerprint({ account, server, channel, root, text }: PostContent): string {
  // JSON keeps the borders between the parts; joined texts could be shifted from one part into the next.
  return JSON.stringify([account, server, channel, root ?? null, text])
}
