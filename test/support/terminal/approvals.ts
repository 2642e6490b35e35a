import type { Approval } from '../../../shared/approvals/approval.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'

/** A request as a broker gives it; what a test is about is put in its place. */
export function makeApproval(changes: Partial<Approval> = {}, subject: Partial<WriteSubject> = {}): Approval {
  return {
    id: 'ap1',
    asker: {
      client: 'codex',
      version: '0.169.0',
      workspace: '/home/alice/project',
      session: 'se1',
      account: 'default',
    },
    function: 'mattermost_create_post',
    subject: {
      service: 'Mattermost',
      server: 'chat.example.org',
      author: '@alice',
      place: '~town-square',
      channel: 'c'.repeat(26),
      kind: 'public',
      team: 'Engineering',
      audience: 'Town Square, team Engineering, public, 42 members',
      text: 'Hello there',
      wideMentions: [],
      ...subject,
    },
    askedAt: 1_000,
    expiresAt: 101_000,
    attended: true,
    shownOn: [],
    ...changes,
  }
}
