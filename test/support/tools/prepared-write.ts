import type { PreparedWrite } from '../../../electron/integrations/integration.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { KosmoError } from '../../../shared/errors.ts'

/** Texts of more characters are not sendable. */
export const MAX_LETTERS = 2_000

export type FakeWriteOptions = {
  key?: string
  /** Everything that is done with it, in order: `hello looks`, `hello sends`. */
  events?: string[]
  subject?: Partial<WriteSubject>
  /** Texts that were sent before. */
  done?: Set<string>
  fails?: KosmoError | undefined
}

/** A post that goes nowhere. Its subject and its content say the same. */
export function fakeWrite(text: string, options: FakeWriteOptions = {}): PreparedWrite<unknown> {
  const { key = 'key', events = [], subject = {}, done = new Set(), fails } = options
  const shown: WriteSubject = {
    service: 'Mattermost',
    server: 'chat.example.test',
    author: '@alice',
    place: '~town-square',
    channel: 'town',
    kind: 'public',
    audience: 'Town Square, public',
    wideMentions: [],
    ...subject,
    text,
  }
  const { server, channel, root, wideMentions } = shown
  return {
    key,
    wideMentions,
    content: { server, channel, root, text },
    async describe() {
      events.push(`${text} is described`)
      return shown
    },
    async edited(changed) {
      if (changed.length > MAX_LETTERS) throw new KosmoError('invalid_input', 'The text is too long.')
      return fakeWrite(changed, options)
    },
    async earlier() {
      events.push(`${text} looks`)
      return done.has(text) ? { output: `${text} of before` } : undefined
    },
    async send() {
      events.push(`${text} sends`)
      if (fails !== undefined) throw fails
      done.add(text)
      return { result: { output: text }, duplicate: false }
    },
  }
}
