/** What V8 writes into a `.cpuprofile`, as far as it is read here. */
export type CpuProfile = {
  nodes: readonly {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
  }[]
  samples: readonly number[]
  /** Microseconds before each sample. */
  timeDeltas: readonly number[]
}

export type SelfTime = { what: string; ms: number; part: number }

/** The functions in which most time was spent, without what they called; idling is left out. */
export function selfTimes(profiles: readonly CpuProfile[], most: number): SelfTime[] {
  const byFunction = new Map<string, number>()
  for (const { nodes, samples, timeDeltas } of profiles) {
    const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
    for (const [nth, id] of samples.entries()) {
      const name = names.get(id) ?? '?'
      if (name === '(idle)') continue
      // The time up to the next sample was spent in this one.
      byFunction.set(name, (byFunction.get(name) ?? 0) + (timeDeltas[nth + 1] ?? 0))
    }
  }
  const all = [...byFunction.values()].reduce((sum, each) => sum + each, 0)
  return [...byFunction]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([what, microseconds]) => ({ what, ms: microseconds / 1000, part: microseconds / all }))
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  if (url === '') return functionName || '(unnamed)'
  const file = url.startsWith('node:') ? url : url.replace(/^.*\//, '')
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
}
