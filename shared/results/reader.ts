import * as z from 'zod'

/** Who reads results, where it is not a model: a program of ours, which takes them whole. */
export const readerSchema = z.literal('program')

export type Reader = z.infer<typeof readerSchema>
