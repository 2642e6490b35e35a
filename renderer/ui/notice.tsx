import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './notice.css'

export type NoticeTone = 'info' | 'ask' | 'warn' | 'ok' | 'offline'

const ICONS: Record<NoticeTone, IconName> = {
  info: 'info',
  ask: 'warning',
  warn: 'warning',
  ok: 'check',
  offline: 'offline',
}

type NoticeProps = { tone: NoticeTone; title?: string; children?: ReactNode; actions?: ReactNode }

/** Something that a person should know, with what to do about it. What is wrong is spoken at once. */
export function Notice({ tone, title, children, actions }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={tone === 'warn' ? 'alert' : 'status'}>
      <Icon name={ICONS[tone]} />
      <div className="notice-words">
        {title !== undefined && <b>{title}</b>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {actions !== undefined && <div className="notice-actions">{actions}</div>}
    </div>
  )
}
