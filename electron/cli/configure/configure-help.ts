export const CONFIGURE_HELP = `kosmo integrations:configure mattermost: sets up, changes, lists and removes accounts

Without flags, on a terminal, it asks for everything. With flags:

  --set NAME=VALUE          url, access_token, scope, ca_file or proxy; repeatable
  --unset NAME              takes scope, ca_file or proxy away; repeatable
  --stdin-json              reads {"account", "set": {…}, "unset": […], "enabled", "permissions": {"read", "write"}}
                            from stdin, so that the token is in no list of processes
  --account NAME            which account (default: default)
  --enable, --disable       the integration, for all accounts
  --read allow|deny         --write deny|ask|allow, or both as --permissions=read:allow,write:ask
  --store keychain|file     where the token is kept: the keychain of the system (default), or accounts.json in our
                            folder, a plain file that only you can read
  --no-verify               stores without asking the server whether the token works
  --list                    the accounts, without their secrets
  --remove                  removes an account and its token
  --json                    answers in JSON

A new account may be read and asks before it writes. What the server does not take is not stored. A stored token goes
to the URL that is stored with it, and nowhere else.

Example: kosmo integrations:configure mattermost --set url=https://chat.example.org \\
           --set access_token="$MATTERMOST_ACCESS_TOKEN" --enable --read allow --write ask --json
Exit codes: 0 done, 1 failure, 2 wrong usage, 6 left without a change.`
