const HASHTAG = /^#\p{L}[\p{L}\d\-_.]*[\p{L}\d]$/u

/** The hashtags of a text as the server stores them: in order, separated by a space, each of three letters or more. */
export function parseHashtags(message: string): string {
  const words = message.split(/\s+/u).map(word => word.replace(/^[^\p{L}\d\s#]+|[^\p{L}\d\s]+$/gu, ''))
  return words.filter(word => HASHTAG.test(word) && [...word].length > 3).join(' ')
}
