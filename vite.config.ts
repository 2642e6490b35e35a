import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js'
import type { EnvironmentOptions, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { instructions } from './electron/gateway/instructions.ts'
import { serverInfo } from './electron/gateway/server-info.ts'
import { listedTool } from './electron/gateway/tool-list.ts'
import { catalogue } from './electron/integrations/catalogue.ts'
import { WRITE_POLICIES } from './shared/policy/write-policy.ts'

const builtins = [...builtinModules, ...builtinModules.map(name => `node:${name}`)]

/** The bridge's answers to `initialize` and `tools/list`, as texts: it must not load the catalogue to give them. */
function answerTexts(): Plugin {
  const id = 'virtual:answer-texts'
  return {
    name: 'answer-texts',
    resolveId: source => (source === id ? `\0${id}` : undefined),
    load(resolved) {
      if (resolved !== `\0${id}`) return undefined
      const { name, ...info } = serverInfo('')
      const texts = {
        protocolVersions: SUPPORTED_PROTOCOL_VERSIONS,
        info,
        instructions: Object.fromEntries(WRITE_POLICIES.map(policy => [policy, instructions(policy)])),
        integrations: catalogue.map(integration => integration.id),
        tools: catalogue.flatMap(integration =>
          integration.functions.map(definition => ({
            integration: integration.id,
            writes: definition.access === 'write',
            json: JSON.stringify(listedTool(integration, definition)),
          })),
        ),
      }
      return `export const answerTexts = ${JSON.stringify(texts)}`
    },
  }
}

/** A program for plain Node: one CommonJS file with everything in it, which starts fastest. */
function nodeProgram(entry: string, outDir: string, emptyOutDir: boolean): EnvironmentOptions {
  const name = entry.replace(/^.*\//, '').replace(/\.ts$/, '')
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: builtins, conditions: ['node', 'import', 'module', 'default'] },
    build: {
      outDir,
      emptyOutDir,
      target: 'node20.19',
      minify: false,
      ssr: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { [name]: resolve(import.meta.dirname, entry) },
        external: [...builtins, './solo-gateway.cjs'],
        platform: 'node',
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          codeSplitting: false,
          banner: '#!/usr/bin/env node',
        },
      },
    },
  }
}

export default defineConfig({
  plugins: [answerTexts()],
  environments: {
    kosmo: nodeProgram('electron/cli/kosmo.ts', 'dist/cli', true),
    gateway: nodeProgram('electron/gateway/solo-gateway.ts', 'dist/cli', false),
  },
  builder: {
    sharedConfigBuild: true,
    async buildApp(builder) {
      for (const name of ['kosmo', 'gateway']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
