import * as z from 'zod'

/** Longest text of a post in a subject, in UTF-16 units; servers take at most 16,383 characters. */
const MAX_TEXT = 65_536

/** Longest name in a subject, in characters, and what that is at most in UTF-16 units. */
export const MAX_NAME = 200
const name = z.string().max(2 * MAX_NAME)
const id = z.string().min(1).max(64)

/** A write as a person is shown it before it happens. All texts are as they will be sent, not cleaned. */
export const writeSubjectSchema = z.strictObject({
  /** The service in a person's words, e.g. `Mattermost`. */
  service: name,
  /** Host of the server, with its path where it has one. */
  server: z.string().max(500),
  /** Who the post will be from, e.g. `@alice`. */
  author: name,
  /** Where it goes, e.g. `~town-square`. */
  place: name,
  /** Id of the channel; `@<person id>` where there is no direct channel with that person yet. */
  channel: id,
  kind: z.enum(['public', 'private', 'direct', 'group']),
  /** Name of the channel's team; none for direct and group channels. */
  team: name.optional(),
  /** What kind of place that is, e.g. `Town Square, team Engineering, public, 42 members`. */
  audience: z.string().max(6 * MAX_NAME),
  /** How many are in the channel, the author among them; absent where the account may not know. */
  members: z.int().nonnegative().optional(),
  /** Id of the post whose thread it goes to. */
  root: id.optional(),
  /** The post that it answers, e.g. `@bob: Can somebody look at…`. */
  replyTo: name.optional(),
  /** The exact text. */
  text: z.string().max(MAX_TEXT),
  /** `channel`, `all`, `here`: everybody is notified. */
  wideMentions: z.array(z.string().max(20)).max(10),
  /**
   * Whom the wide mentions reach, the author counted; absent where that cannot be told. `upTo`: only those who are
   * online then.
   */
  notified: z.strictObject({ people: z.int().nonnegative(), upTo: z.boolean() }).optional(),
})

export type WriteSubject = z.infer<typeof writeSubjectSchema>
