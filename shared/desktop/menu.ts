/** A menu as data, for whichever system shows it. Labels are as people read them; nothing is escaped yet. */
export type MenuEntry<Action> =
  | { kind: 'separator' }
  /** Says something and does nothing. */
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: Action }
  /** One of several next to each other. */
  | { kind: 'choice'; label: string; isChosen: boolean; action: Action }
  | { kind: 'tick'; label: string; isOn: boolean; action: Action }
  | { kind: 'submenu'; label: string; entries: MenuEntry<Action>[] }
