import type { Shell } from '../reference/entries/shell.ts'

/*
 * The scripts only carry words to and fro: what completes is decided by `kosmo complete`, for every shell alike. It is
 * called by the name under which the program was typed, and answers with a line `:files` or `:only` and then a candidate
 * a line, what it does behind a tab.
 */

const BASH = `# bash completion for kosmo
_kosmo() {
  local IFS=$'\\n' lines
  lines=($("$1" complete bash ":\${COMP_LINE:0:COMP_POINT}" ":$COMP_WORDBREAKS" 2>/dev/null))
  COMPREPLY=("\${lines[@]:1}")
  if [ "\${lines[0]}" = ":files" ]; then compopt -o default 2>/dev/null; fi
  case "\${COMPREPLY[*]}" in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _kosmo kosmo kosmokrator
`

const ZSH = `#compdef kosmo kosmokrator
# zsh completion for kosmo
_kosmo() {
  local -a lines values texts open open_texts
  local line value
  lines=("\${(@f)$("$words[1]" complete zsh ":$words[CURRENT]" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}")
  for line in "\${(@)lines[2,-1]}"; do
    value="\${line%%$'\\t'*}"
    if [[ $value == *= ]]; then
      open+=("$value")
      open_texts+=("\${line/$'\\t'/  -- }")
    else
      values+=("$value")
      texts+=("\${line/$'\\t'/  -- }")
    fi
  done
  (( $#values )) && compadd -l -d texts -- "\${values[@]}"
  (( $#open )) && compadd -l -S '' -d open_texts -- "\${open[@]}"
  [[ $lines[1] == :files ]] && _files
}
if [ "$funcstack[1]" = "_kosmo" ]; then
  _kosmo "$@"
else
  compdef _kosmo kosmo kosmokrator
fi
`

const FISH = `# fish completion for kosmo
function __kosmo_complete
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  set -l program $before[1]
  set -e before[1]
  set -l lines ($program complete fish ":$current" $before 2>/dev/null)
  if test (count $lines) -gt 1
    printf '%s\\n' $lines[2..]
  end
  if test "$lines[1]" = ':files'
    __fish_complete_path "$current"
  end
end
complete -c kosmo -f -a '(__kosmo_complete)'
complete -c kosmokrator -f -a '(__kosmo_complete)'
`

const POWERSHELL = `# PowerShell completion for kosmo
Register-ArgumentCompleter -Native -CommandName kosmo, kosmokrator -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $program = $typed[0]
  $before = @($typed | Select-Object -Skip 1)
  $lines = @(& $program complete powershell ":$wordToComplete" @before 2>$null)
  $lines | Select-Object -Skip 1 | ForEach-Object {
    $value, $does = $_ -split "\`t", 2
    if (-not $does) { $does = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $does)
  }
}
`

/** The script that a shell loads. */
export const SHELL_SCRIPTS: Record<Shell, string> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
}
