/** Licences under which others may put a thing into theirs as long as they say whose it is. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
])

/** Whether we may ship what is under this SPDX expression. What is not understood may not be. */
export function isAllowed(licence: string): boolean {
  const plain = licence.replace(/^\((.*)\)$/, '$1')
  return plain.split(' OR ').some(each => each.split(' AND ').every(name => ALLOWED.has(name)))
}

/** Packages that may not be shipped, each with why: a licence that does not let us, or no text of it. */
export function refusedPackages(
  packages: readonly { name: string; licence: string; text: string }[],
): string[] {
  return packages.flatMap(({ name, licence, text }) => {
    if (!isAllowed(licence)) return [`${name}: its licence is "${licence}"`]
    return text === '' ? [`${name}: the text of its licence is missing`] : []
  })
}
