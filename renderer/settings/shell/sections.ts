/** The sections of the settings window, in the order of the navigation. */
export const SECTIONS = [
  { id: 'overview', title: 'Overview' },
  { id: 'accounts', title: 'Accounts' },
  { id: 'scope', title: 'Scope' },
  { id: 'clients', title: 'Clients' },
  { id: 'approvals', title: 'Approvals' },
  { id: 'activity', title: 'Activity' },
  { id: 'about', title: 'About' },
] as const

export type SectionId = (typeof SECTIONS)[number]['id']

/** The section that a word names; undefined where it names none. */
export function readSection(word: string): SectionId | undefined {
  return SECTIONS.find(({ id }) => id === word)?.id
}

/** Where a key leads from the section that has the focus; undefined where it leads nowhere. */
export function sectionByKey(key: string, from: SectionId): SectionId | undefined {
  const at = SECTIONS.findIndex(({ id }) => id === from)
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return SECTIONS[(at + 1) % SECTIONS.length]?.id
    case 'ArrowUp':
    case 'ArrowLeft':
      return SECTIONS.at(at - 1)?.id
    case 'Home':
      return SECTIONS[0].id
    case 'End':
      return SECTIONS.at(-1)?.id
    default:
      return undefined
  }
}
