import { join } from 'node:path'
import { installClient } from './install-client.ts'

/** A real client that can be run without a network. Its versions are measured, not promised: raise them on purpose. */
export type RealClient = {
  id: 'claude-code' | 'gemini' | 'opencode'
  /** Settings of somebody's, as text below their home folder. @param model address of a model of our own */
  settings(model: string): { path: string; text: string }
  /** What asks its model something. */
  ask(folder: string, model: string): { command: string; args: string[]; env: Record<string, string> }
  install(): Promise<string>
  /** What its model sees in front of the name of a tool. */
  prefix: string
}

const system = `${process.platform}-${process.arch}`

export const realClients: RealClient[] = [
  {
    id: 'claude-code',
    // The program itself; the package around it starts it from a script.
    install: () =>
      installClient({ name: `@anthropic-ai/claude-code-${system}`, version: '2.1.332', megabytes: 390 }),
    settings: () => ({
      path: '.claude.json',
      text: '{\n\t"numStartups": 3,\n\t"mcpServers": {\n\t\t"x": { "type": "stdio", "command": "/bin/false", "args": [] }\n\t}\n}',
    }),
    ask: (folder, model) => ({
      command: join(folder, `node_modules/@anthropic-ai/claude-code-${system}/claude`),
      args: ['-p', 'hello'],
      env: {
        ANTHROPIC_API_KEY: 'sk-ant-x',
        ANTHROPIC_BASE_URL: model,
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
    }),
    prefix: 'mcp__kosmokrator-mattermost__',
  },
  {
    id: 'gemini',
    install: () => installClient({ name: '@google/gemini-cli', version: '0.61.0', megabytes: 100 }),
    settings: () => ({
      path: '.gemini/settings.json',
      text: '{\n  // how I log in\n  "security": { "auth": { "selectedType": "gemini-api-key" } }, /* that is all */\n}\n',
    }),
    ask: (folder, model) => ({
      command: process.execPath,
      args: [
        join(folder, 'node_modules/@google/gemini-cli/bundle/gemini.js'),
        // Without a person to ask it offers its model nothing that would have to be asked about.
        ...['--approval-mode', 'yolo', '-m', 'gemini-2.5-pro', '-p', 'hello'],
      ],
      env: { GEMINI_API_KEY: 'x', GOOGLE_GEMINI_BASE_URL: model, GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    }),
    prefix: 'mcp_kosmo_',
  },
  {
    id: 'opencode',
    install: () => installClient({ name: `opencode-${system}`, version: '1.18.33', megabytes: 180 }),
    // It adds the schema itself where it is missing.
    settings: model => ({
      path: '.config/opencode/opencode.jsonc',
      text: `{\r\n    "$schema": "https://opencode.ai/config.json",\r\n    // a model of my own\r\n    "provider": {"fake": {"npm": "@ai-sdk/openai-compatible", "options": {"baseURL": "${model}/v1", "apiKey": "x"}, "models": {"m": {}}}},\r\n    "autoupdate": false\r\n}\r\n`,
    }),
    ask: folder => ({
      command: join(folder, `node_modules/opencode-${system}/bin/opencode`),
      args: ['run', '-m', 'fake/m', 'hello'],
      env: {
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
      },
    }),
    prefix: 'kosmo_',
  },
]
