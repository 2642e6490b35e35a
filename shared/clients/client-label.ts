import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'

/** Clients by the name that they give themselves over MCP, as people call them. */
const LABELS: Record<string, string> = {
  'codex-mcp-client': 'Codex',
  'claude-code': 'Claude Code',
  'claude-ai': 'Claude Desktop',
  'cursor-vscode': 'Cursor',
  'gemini-cli-mcp-client': 'Gemini CLI',
  opencode: 'opencode',
  'Visual Studio Code': 'VS Code',
}

const MAX_LABEL = 48

/** A client as people call it, on one line and short. The name is its own word for itself: nothing vouches for it. */
export function clientLabel(name: string): string {
  const label = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined
  return label ?? (ellipsis(cleanLine(name), MAX_LABEL) || 'A client without a name')
}
