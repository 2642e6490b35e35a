/** What V8 writes into a `.cpuprofile`, as far as it is read here. */
export type CpuProfile = {
  nodes: readonly {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number }
  }[]
  samples: readonly number[]
  /** Microseconds before each sample. */
  timeDeltas: readonly number[]
}

export type SelfTime = { what: string; ms: number; part: number }

type CallFrame = CpuProfile['nodes'][number]['callFrame']

/** The functions in which most time was spent, without what they called; idling is left out. */
export function selfTimes(profiles: readonly CpuProfile[], most: number): SelfTime[] {
  return summed(profiles, most, functionOf)
}

/** The same by the files of the functions, Node's own among them. */
export function selfTimesOfFiles(profiles: readonly CpuProfile[], most: number): SelfTime[] {
  return summed(profiles, most, fileOf)
}

function summed(
  profiles: readonly CpuProfile[],
  most: number,
  nameOf: (frame: CallFrame) => string,
): SelfTime[] {
  const byName = new Map<string, number>()
  for (const { nodes, samples, timeDeltas } of profiles) {
    const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
    for (const [nth, id] of samples.entries()) {
      const name = names.get(id) ?? '?'
      if (name === '(idle)') continue
      // The time up to the next sample was spent in this one.
      byName.set(name, (byName.get(name) ?? 0) + (timeDeltas[nth + 1] ?? 0))
    }
  }
  const all = [...byName.values()].reduce((sum, each) => sum + each, 0)
  return [...byName]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([what, microseconds]) => ({ what, ms: microseconds / 1000, part: microseconds / all }))
}

/** With its column: what is built has few lines. */
function functionOf({ functionName, url, lineNumber, columnNumber }: CallFrame): string {
  if (url === '') return functionName || '(unnamed)'
  return `${functionName || '(anonymous)'} ${baseName(url)}:${lineNumber + 1}:${columnNumber + 1}`
}

function fileOf({ functionName, url }: CallFrame): string {
  if (url !== '') return baseName(url)
  return functionName.startsWith('(') ? functionName : '(native)'
}

function baseName(url: string): string {
  return url.startsWith('node:') ? url : url.replace(/^.*\//, '')
}
