/** Where a person's settings of Codex are, from their home folder on. */
export const CODEX_FILE = '.codex/config.toml'

/** Settings as somebody wrote them by hand: a comment at the end of a line, a secret, no line feed at the end. */
export const SOMEBODYS = `# my own settings
model = "gpt-6"   # the big one

[mcp_servers.other]  # keep
command = "npx"
env = { TOKEN = "s3cr3t" }

[features]
plugins = false # no`
