/** Whom wide mentions reach, the author counted. `upTo`: only those who are online then. */
export type WideReach = { people: number; upTo: boolean }

/** `channel` and `all` reach every member, `here` those of them who are online. */
export function wideReach(wide: readonly string[], members: number): WideReach {
  return { people: members, upTo: wide.every(mention => mention === 'here') }
}
