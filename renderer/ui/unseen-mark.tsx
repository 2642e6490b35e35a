import './unseen-mark.css'

/** A character that would not show, by its code, e.g. `U+202E`. */
export function UnseenMark({ code }: { code: string }) {
  return <span className="unseen-mark">{code}</span>
}
