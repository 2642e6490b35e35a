/** Made by the build out of the catalogue and the SDK: see `answerTexts` in vite.config.ts. */
declare module 'virtual:answer-texts' {
  export const answerTexts: {
    /** Newest first. */
    protocolVersions: string[]
    info: { title: string; version: string }
    instructions: Record<'deny' | 'ask' | 'allow', string>
    /** Every integration's id. */
    integrations: string[]
    /** Every name by which something that changes anything can be called. */
    writeTools: string[]
    /** Every tool, in the order in which it is listed. */
    tools: { integration: string; writes: boolean; json: string }[]
  }
}
