import { faultCode } from './fault-code.ts'

/** What a failure of the disk is, for a sentence in brackets: the system's code, and for the usual ones what it means. */
export function faultWords(error: unknown): string {
  const code = faultCode(error)
  const meaning = MEANINGS[code]
  return meaning === undefined ? code : `${code}: ${meaning}`
}

const NO_RIGHT = 'you have no right to; look at owner and mode'

const MEANINGS: Partial<Record<string, string>> = {
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'your quota is used up; make room',
  EROFS: 'this disk cannot be written to',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}
