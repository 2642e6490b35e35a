import { join } from 'node:path'

/** Where programs are that an app which was started from a dock or a menu does not find on its PATH. */
export function usualProgramFolders(platform: NodeJS.Platform, userHome: string): string[] {
  switch (platform) {
    case 'win32':
      return [join(userHome, 'AppData', 'Local', 'Programs', 'codex')]
    case 'darwin':
      return ['/opt/homebrew/bin', '/usr/local/bin', '/Applications/Codex.app/Contents/Resources']
    default:
      return ['/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin']
  }
}
