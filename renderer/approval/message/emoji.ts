import names from 'emojibase-data/en/shortcodes/iamcal.json'

/** Mattermost takes its names from the same list, emoji-datasource. */
const BY_NAME = new Map(
  Object.entries(names).flatMap(([code, name]) =>
    [name].flat().map(each => [each, characters(code)] as const),
  ),
)

/** The emoji that `:name:` stands for on every server; undefined where a server may have one of its own. */
export function emojiNamed(name: string): string | undefined {
  return BY_NAME.get(name.toLowerCase())
}

function characters(code: string): string {
  return String.fromCodePoint(...code.split('-').map(part => Number.parseInt(part, 16)))
}
