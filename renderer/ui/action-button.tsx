import type { ButtonHTMLAttributes, ReactNode } from 'react'

type ActionButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type' | 'disabled'> & {
  kind?: 'plain' | 'primary' | 'quiet' | 'default' | 'danger'
  type?: 'button' | 'submit'
  /** What it does is under way. It keeps the focus and does nothing more. */
  isBusy?: boolean
  /** Why it cannot be used now; it says so to whoever asks. */
  isOff?: boolean
  children: ReactNode
}

/** A button that never loses the focus: browsers take it from one that is disabled. */
export function ActionButton({
  kind = 'plain',
  type = 'button',
  isBusy = false,
  isOff = false,
  onClick,
  children,
  ...rest
}: ActionButtonProps) {
  const isIdle = isBusy || isOff
  return (
    <button
      {...rest}
      type={type}
      className={kind === 'plain' ? 'btn' : `btn ${kind}`}
      aria-disabled={isIdle || undefined}
      data-busy={isBusy || undefined}
      onClick={event => {
        if (isIdle) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {isBusy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}
