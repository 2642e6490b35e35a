import type * as z from 'zod'

/** One method that crosses a process border. */
export type Method = { params: z.ZodType; result: z.ZodType }

export type MethodTable = Record<string, Method>

/** A method table, with the types of its schemas kept. */
export function defineMethods<Table extends MethodTable>(table: Table): Table {
  return table
}

/** What answers a table's methods. Each takes one value that has been parsed. */
export type Handlers<Table extends MethodTable> = {
  [Name in keyof Table]: (
    params: z.output<Table[Name]['params']>,
  ) => Promise<z.input<Table[Name]['result']>> | z.input<Table[Name]['result']>
}

/** What calls a table's methods in another process: always later, and it may fail. */
export type Remote<Table extends MethodTable> = {
  [Name in keyof Table]: (params: z.input<Table[Name]['params']>) => Promise<z.output<Table[Name]['result']>>
}
