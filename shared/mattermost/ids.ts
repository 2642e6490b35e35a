/** Every id of Mattermost: 26 lower-case letters and digits. Nothing else ever reaches a URL as an id. */
export const ID_PATTERN = /^[a-z0-9]{26}$/

export function isId(text: string): boolean {
  return ID_PATTERN.test(text)
}

/** What the server allows as the name of a team or channel, in any case (it folds them). */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9._-]{0,63}$/i

/** What the server allows as a user name. */
export const USERNAME_PATTERN = /^(?=.*[a-z0-9])[a-z0-9._-]{1,64}$/i

/**
 * True for something that was probably meant as an id but is none: a letter lost or doubled, capitals, digits of
 * another script. Taking it for a name would look up nonsense.
 */
export function looksLikeId(text: string): boolean {
  return /^[\p{L}\p{N}]{24,28}$/u.test(text) && !isId(text)
}
