import { cleanLine } from '../../shared/text/clean.ts'
import './avatar.css'

/** Pictures that show themselves and load nothing. */
const PICTURE = /^data:image\/(png|jpeg|gif);base64,[A-Za-z0-9+/=]+$/

/** A person's picture, or their first letter where there is none that can be shown. */
export function Avatar({ picture, name }: { picture: string | null; name: string }) {
  if (picture !== null && PICTURE.test(picture)) {
    return <img className="avatar" src={picture} alt="" width="40" height="40" />
  }
  const letter = Array.from(cleanLine(name).replace(/^@/, ''))[0] ?? '?'
  return (
    <span className="avatar" aria-hidden="true">
      {letter.toUpperCase()}
    </span>
  )
}
