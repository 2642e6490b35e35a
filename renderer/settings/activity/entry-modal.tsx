import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { Modal } from '../../ui/modal.tsx'
import { Name } from '../../ui/name.tsx'
import { VisibleText } from '../../ui/visible-text.tsx'
import { useIsShown } from '../shell/remote-context.ts'
import { detailsOf } from './entry-details.ts'
import './entry-modal.css'

/** All of an entry, as it stands in the log. */
export function EntryModal({ entry, onClose }: { entry: AuditEntry | undefined; onClose: () => void }) {
  const isShown = useIsShown()
  return (
    <Modal
      isOpen={isShown && entry !== undefined}
      title={entry === undefined ? '' : `Entry ${entry.seq}`}
      onClose={onClose}
    >
      {entry !== undefined && (
        <>
          <dl className="details">
            {detailsOf(entry).map(({ label, value, isCode }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={isCode ? 'mono' : undefined}>
                  <Name text={value} max={520} />
                </dd>
              </div>
            ))}
          </dl>
          {entry.text !== undefined && (
            <div>
              <b>Text of the post</b>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keyboard */}
              <pre className="snippet" tabIndex={0} dir="auto">
                <VisibleText text={entry.text} />
              </pre>
            </div>
          )}
        </>
      )}
    </Modal>
  )
}
