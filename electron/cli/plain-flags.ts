type FlagOption = { type: 'string' | 'boolean'; multiple?: boolean; default?: unknown }

/**
 * Reads flags that all have the form `--name=value`, as clients' settings write them: Node's own reader takes longer to
 * load than everything else that is done with them. Undefined where any has another form, or is unknown: that is for
 * Node's reader, which says what is wrong.
 */
export function readPlainFlags(
  args: readonly string[],
  options: Readonly<Record<string, FlagOption>>,
): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {}
  for (const arg of args) {
    const [, name = '', value = ''] = /^--([a-z-]+)=(.*)$/s.exec(arg) ?? []
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (option?.type !== 'string') return undefined
    const before = values[name]
    values[name] = option.multiple ? [...(Array.isArray(before) ? before : []), value] : value
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined) values[name] ??= option.default
  }
  return values
}
