import leven from 'leven'

/** Up to `count` of `names` that are most like `wanted`, best first; none that has nothing in common with it. */
export function nearest(wanted: string, names: readonly string[], count = 3): string[] {
  const target = wanted.toLowerCase()
  return [...new Set(names)]
    .map(name => ({ name, distance: distance(target, name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(2, Math.ceil(Math.min(name.length, target.length) / 2)),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name)
}

function distance(target: string, name: string): number {
  return name.includes(target) || target.includes(name) ? 1 : leven(target, name)
}
