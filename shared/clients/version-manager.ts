/** Folders of programs that keep several versions of Node, and remove the old ones with what is in them. */
const MANAGERS: readonly [name: string, folder: RegExp][] = [
  ['nvm', /[/\\]\.?nvm[/\\](versions|v\d)/i],
  ['fnm', /[/\\]\.?fnm(_multishells)?[/\\]/i],
  ['Volta', /[/\\]\.?volta[/\\]/i],
  ['asdf', /[/\\]\.asdf[/\\]/],
  ['mise', /[/\\]mise[/\\]installs[/\\]/],
  ['nodenv', /[/\\]\.nodenv[/\\]/],
  ['nvs', /[/\\]\.?nvs[/\\]/i],
  ['Homebrew', /[/\\]Cellar[/\\]/],
  ['npx', /[/\\]_npx[/\\]/],
]

/** The program that may remove what is at a path when another version comes; undefined where none is known. */
export function versionManagerOf(path: string): string | undefined {
  return MANAGERS.find(([, folder]) => folder.test(path))?.[0]
}
