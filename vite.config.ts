import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js'
import type { EnvironmentOptions, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { COMMAND_TABLE } from './electron/cli/reference/command-table.ts'
import { manPage } from './electron/cli/reference/man-page.ts'
import { instructions } from './electron/gateway/instructions.ts'
import { serverInfo } from './electron/gateway/server-info.ts'
import { listedTool } from './electron/gateway/tool-list.ts'
import { catalogue } from './electron/integrations/catalogue.ts'
import { licences } from './electron/packaging/licences/licences-plugin.ts'
import manifest from './package.json' with { type: 'json' }
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

/** The manual page, beside the programs. */
function manual(): Plugin {
  return {
    name: 'manual',
    applyToEnvironment: environment => environment.name === 'commands',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'kosmo.1', source: manPage(COMMAND_TABLE, manifest.version) })
    },
  }
}

const NOT_NEEDED = {
  sdk: {
    parts: [
      // electron/gateway/sdk.ts passes a validator of its own.
      {
        source: /\/validation\/ajv-provider\.js$/,
        importer: /@modelcontextprotocol/,
        code: 'export class AjvJsonSchemaValidator {}',
      },
    ],
    edits: [],
  },
  axios: {
    parts: [
      // For multipart bodies; brings every MIME type there is.
      { source: /^form-data$/, importer: /axios/, code: 'export default class FormData {}' },
    ],
    edits: [
      // To read the global FormData makes Node load its whole fetch.
      {
        file: /axios\/lib\/utils\.js$/,
        from: /const FormDataCtor = .*/,
        to: 'const FormDataCtor = undefined;',
      },
      {
        file: /axios\/lib\/adapters\/http\.js$/,
        from: /import http2 from 'http2';/,
        to: 'const http2 = {};',
      },
      {
        file: /axios\/lib\/helpers\/Http2Sessions\.js$/,
        from: /import http2 from 'http2';/,
        to: 'const http2 = {};',
      },
    ],
  },
}

/** Parts of libraries that would be loaded and never used: each takes its time at the start of every session. */
function leaveOut(environmentName: string, library: 'sdk' | 'axios'): Plugin {
  const { parts, edits } = NOT_NEEDED[library]
  const used = new Set<unknown>()
  const prefix = '\0leave-out:'
  return {
    name: 'leave-out',
    enforce: 'pre',
    applyToEnvironment: environment => environment.name === environmentName,
    resolveId(source, importer = '') {
      const index = parts.findIndex(part => part.source.test(source) && part.importer.test(importer))
      if (index === -1) return undefined
      used.add(parts[index])
      return prefix + index
    },
    load: id => (id.startsWith(prefix) ? parts[Number(id.slice(prefix.length))]?.code : undefined),
    transform(code, id) {
      const wanted = edits.filter(edit => edit.file.test(id))
      let changed = code
      for (const edit of wanted) {
        if (edit.from.test(changed)) used.add(edit)
        changed = changed.replace(edit.from, edit.to)
      }
      return wanted.length > 0 ? { code: changed, map: null } : undefined
    },
    // A library that changed its ways is not to become slow without a word.
    buildEnd(error) {
      const missed = [...parts, ...edits].filter(each => !used.has(each)).length
      if (error === undefined && missed > 0)
        this.error(`leave-out: ${missed} parts were not found; look at vite.config.ts`)
    },
  }
}

/**
 * Lets the bundler leave out the schemas of MCP that nobody uses, which is half of them: it cannot see that a call of
 * zod does nothing but make one.
 */
function onlyUsedSchemas(): Plugin {
  const file = /@modelcontextprotocol\/sdk\/dist\/esm\/types\.js$/
  const missed = new Set<string>()
  return {
    name: 'only-used-schemas',
    applyToEnvironment: environment => ['solo', 'gateway'].includes(environment.name),
    buildStart() {
      missed.add(this.environment.name)
    },
    transform(code, id) {
      if (!file.test(id)) return undefined
      missed.delete(this.environment.name)
      let changed = code
      // From the end on, so that places before stay where they are.
      for (const statement of this.parse(code).body.toReversed()) {
        if (statement.type !== 'ExportNamedDeclaration') continue
        if (statement.declaration?.type !== 'VariableDeclaration') continue
        const [declared] = statement.declaration.declarations
        if (declared?.init?.type !== 'CallExpression') continue
        const { start, end } = declared.init
        changed = `${changed.slice(0, start)}/* @__PURE__ */ (() => ${changed.slice(start, end)})()${changed.slice(end)}`
      }
      return { code: changed, map: null }
    },
    // As above: not without a word.
    buildEnd(error) {
      if (error === undefined && missed.has(this.environment.name))
        this.error('only-used-schemas: the schemas were not found; look at vite.config.ts')
    },
  }
}

/** axios and its kin in a file of their own, which only those load who have a proxy. */
function throughProxyApart(): Plugin {
  return {
    name: 'through-proxy-apart',
    enforce: 'pre',
    applyToEnvironment: environment => ['solo', 'gateway', 'commands'].includes(environment.name),
    resolveId: source =>
      source === './through-proxy.ts' ? { id: './through-proxy.cjs', external: true } : undefined,
  }
}

/** Puts a file of a package beside the program that reads it. */
function besideProgram(environmentName: string, file: string, fileName: string): Plugin {
  return {
    name: `beside-${environmentName}`,
    applyToEnvironment: environment => environment.name === environmentName,
    generateBundle() {
      const path = createRequire(import.meta.url).resolve(file)
      this.emitFile({ type: 'asset', fileName, originalFileName: path, source: readFileSync(path) })
    },
  }
}

/** The tray's icons, beside the main process that shows them. */
function trayIcons(): Plugin {
  const folder = resolve(root, 'electron/main/icons')
  return {
    name: 'tray-icons',
    applyToEnvironment: environment => environment.name === 'main',
    generateBundle() {
      for (const name of readdirSync(folder).filter(each => /\.(png|ico)$/.test(each)))
        this.emitFile({
          type: 'asset',
          fileName: `icons/${name}`,
          source: readFileSync(resolve(folder, name)),
        })
    },
  }
}

/** Loaded by `kosmo` only when it is needed. */
const LAZY = ['./gateway-process.cjs', './commands.cjs']

/** Has a part for each system, which cannot be put into a file of ours. */
const NATIVE = ['@napi-rs/keyring']

const root = import.meta.dirname

/**
 * A process keeps its whole source in memory, with two bytes for each character where one of them is not ASCII. Names
 * stay, so that a report of a fault can be read.
 */
const SMALL = {
  compress: true,
  mangle: { toplevel: true, keepNames: true },
  codegen: { removeWhitespace: true, asciiOnly: true },
}

/** A program for plain Node: one CommonJS file with everything in it, which starts fastest. */
function nodeProgram(entry: string, outDir: string, emptyOutDir: boolean): EnvironmentOptions {
  const name = entry.replace(/^.*\//, '').replace(/\.ts$/, '')
  return {
    consumer: 'server',
    resolve: {
      noExternal: true,
      external: [...builtins, ...NATIVE],
      conditions: ['node', 'import', 'module', 'default'],
    },
    build: {
      outDir: resolve(root, outDir),
      emptyOutDir,
      target: 'node20.19',
      minify: false,
      ssr: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { [name]: resolve(root, entry) },
        external: [...builtins, ...NATIVE, ...LAZY],
        platform: 'node',
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          codeSplitting: false,
          banner: '#!/usr/bin/env node',
          minify: SMALL,
        },
      },
    },
  }
}

/** The app's main process: a module, on the Node that Electron has. */
function mainProcess(): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: {
      noExternal: true,
      external: ['electron', ...builtins, ...NATIVE],
      conditions: ['node', 'import', 'module', 'default'],
    },
    build: {
      outDir: resolve(root, 'dist/main'),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      ssr: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { main: resolve(root, 'electron/main/main.ts') },
        // The D-Bus library asks it for a bus where the session has none: we do not.
        external: ['electron', 'x11', ...builtins, ...NATIVE],
        platform: 'node',
        output: { format: 'es', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  }
}

/** A sandboxed preload: one CommonJS file. */
function preload(name: 'approval' | 'settings', emptyOutDir: boolean): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'] },
    build: {
      outDir: resolve(root, 'dist/preload'),
      emptyOutDir,
      target: 'chrome150',
      minify: false,
      ssr: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: { [name]: resolve(root, `electron/preload/${name}.ts`) },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  }
}

/** The pages of the app's windows. */
const pages: EnvironmentOptions = {
  build: {
    outDir: resolve(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome150',
    copyPublicDir: false,
    rolldownOptions: {
      input: ['approval', 'settings'].map(name => resolve(root, `renderer/${name}/index.html`)),
      // 'use client' says something to servers, and there is none.
      checks: { moduleLevelDirective: false },
    },
  },
}

export default defineConfig({
  // Pages are named from here on; tests from the top.
  ...(process.env.VITEST === undefined && { root: resolve(root, 'renderer'), base: './' }),
  plugins: [
    answerTexts(),
    manual(),
    trayIcons(),
    onlyUsedSchemas(),
    leaveOut('solo', 'sdk'),
    leaveOut('gateway', 'sdk'),
    leaveOut('proxy', 'axios'),
    leaveOut('main', 'axios'),
    throughProxyApart(),
    besideProgram('lua', 'wasmoon/dist/glue.wasm', 'lua.wasm'),
    besideProgram('original', '@sqlite.org/sqlite-wasm/sqlite3.wasm', 'sqlite3.wasm'),
    licences({ root, app: ['main', 'preloadApproval', 'preloadSettings', 'client'] }),
  ],
  environments: {
    client: pages,
    main: mainProcess(),
    preloadApproval: preload('approval', true),
    preloadSettings: preload('settings', false),
    kosmo: nodeProgram('electron/cli/kosmo.ts', 'dist/cli', true),
    solo: nodeProgram('electron/gateway/solo-gateway.ts', 'dist/cli', false),
    gateway: nodeProgram('electron/gateway/gateway-process.ts', 'dist/cli', false),
    proxy: nodeProgram('electron/integrations/mattermost/http/through-proxy.ts', 'dist/cli', false),
    commands: nodeProgram('electron/cli/commands.ts', 'dist/cli', false),
    configFiles: nodeProgram('electron/cli/config-files.ts', 'dist/cli', false),
    keychain: nodeProgram('electron/broker/accounts/keychain-helper.ts', 'dist/cli', false),
    lua: nodeProgram('electron/lua/sandbox/lua-sandbox.ts', 'dist/cli', false),
    original: nodeProgram('electron/cli/credentials-import/find-originals.ts', 'dist/cli', false),
  },
  builder: {
    sharedConfigBuild: true,
    async buildApp(builder) {
      const programs = [
        'kosmo',
        'solo',
        'gateway',
        'proxy',
        'commands',
        'configFiles',
        'keychain',
        'lua',
        'original',
      ]
      for (const name of [...programs, 'main', 'preloadApproval', 'preloadSettings', 'client']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, the default, is what a page may take on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    // Real desktops, browsers and clients on a busy machine: what fails once there and never again is told at the end.
    retry: process.env.CI === undefined ? 0 : 1,
    // Half of what the files do is to wait for programs that they have started.
    maxWorkers: Math.max(2, availableParallelism()),
  },
})
