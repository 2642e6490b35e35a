/** A write as a person is shown it before it happens. All texts are as they will be sent, not cleaned. */
export type WriteSubject = {
  /** The service in a person's words, e.g. `Mattermost`. */
  service: string
  /** Host of the server, with its path where it has one. */
  server: string
  /** Who the post will be from, e.g. `@alice`. */
  author: string
  /** Where it goes, e.g. `~town-square`. */
  place: string
  /** What kind of place that is, e.g. `Town Square, team Engineering, public, 42 members`. */
  audience: string
  /** The post that it answers, e.g. `@bob: Can somebody look at…`. */
  replyTo?: string
  /** The exact text. */
  text: string
  /** `channel`, `all`, `here`: everybody is notified. */
  wideMentions: string[]
}
