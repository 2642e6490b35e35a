import { describe, expect, it } from 'vitest'
import { CLIENT_IDS, CLIENTS, type ClientId } from '../../../shared/clients/client-facts.ts'
import { markPath, projectPath, userPaths } from '../../../shared/clients/client-paths.ts'

const LINUX = { platform: 'linux', userHome: '/home/me', variables: {} }
const MAC = { platform: 'darwin', userHome: '/Users/me', variables: {} }
const WINDOWS = {
  platform: 'win32',
  userHome: 'C:\\Users\\me',
  variables: { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' },
}

/** As the clients' documentation has them. */
const PATHS: Record<ClientId, [linux: string, mac: string, windows: string]> = {
  codex: [
    '/home/me/.codex/config.toml',
    '/Users/me/.codex/config.toml',
    'C:\\Users\\me\\.codex\\config.toml',
  ],
  'claude-code': ['/home/me/.claude.json', '/Users/me/.claude.json', 'C:\\Users\\me\\.claude.json'],
  'claude-desktop': [
    '/home/me/.config/Claude/claude_desktop_config.json',
    '/Users/me/Library/Application Support/Claude/claude_desktop_config.json',
    'C:\\Users\\me\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
  ],
  cursor: ['/home/me/.cursor/mcp.json', '/Users/me/.cursor/mcp.json', 'C:\\Users\\me\\.cursor\\mcp.json'],
  vscode: [
    '/home/me/.config/Code/User/mcp.json',
    '/Users/me/Library/Application Support/Code/User/mcp.json',
    'C:\\Users\\me\\AppData\\Roaming\\Code\\User\\mcp.json',
  ],
  gemini: [
    '/home/me/.gemini/settings.json',
    '/Users/me/.gemini/settings.json',
    'C:\\Users\\me\\.gemini\\settings.json',
  ],
  windsurf: [
    '/home/me/.codeium/windsurf/mcp_config.json',
    '/Users/me/.codeium/windsurf/mcp_config.json',
    'C:\\Users\\me\\.codeium\\windsurf\\mcp_config.json',
  ],
  zed: [
    '/home/me/.config/zed/settings.json',
    '/Users/me/.config/zed/settings.json',
    'C:\\Users\\me\\AppData\\Roaming\\Zed\\settings.json',
  ],
  opencode: [
    '/home/me/.config/opencode/opencode.json',
    '/Users/me/.config/opencode/opencode.json',
    'C:\\Users\\me\\.config\\opencode\\opencode.json',
  ],
}

describe('the settings of a client', () => {
  it.each(CLIENT_IDS)('of %s are where its documentation says, on each system', id => {
    const facts = CLIENTS[id]
    expect([LINUX, MAC, WINDOWS].map(system => userPaths(facts, system)[0])).toEqual(PATHS[id])
  })

  it('are elsewhere where a variable says so', () => {
    const variables = { CODEX_HOME: '/c', CLAUDE_CONFIG_DIR: '/d', XDG_CONFIG_HOME: '/x' }
    const system = { ...LINUX, variables }
    expect(userPaths(CLIENTS.codex, system)).toEqual(['/c/config.toml'])
    expect(markPath(CLIENTS.codex, system)).toBe('/c')
    expect(userPaths(CLIENTS['claude-code'], system)).toEqual(['/d/.claude.json'])
    expect(userPaths(CLIENTS.zed, system)).toEqual(['/x/zed/settings.json'])
    expect(userPaths(CLIENTS.codex, { ...LINUX, variables: { CODEX_HOME: ' ' } })[0]).toBe(PATHS.codex[0])
  })

  it('of a project are below it', () => {
    expect(projectPath(CLIENTS.codex, '/p', LINUX)).toBe('/p/.codex/config.toml')
    expect(projectPath(CLIENTS.vscode, 'C:\\p', WINDOWS)).toBe('C:\\p\\.vscode\\mcp.json')
    expect(projectPath(CLIENTS.windsurf, '/p', LINUX)).toBeUndefined()
  })
})
