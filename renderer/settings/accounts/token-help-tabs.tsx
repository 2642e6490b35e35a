import { useState } from 'react'
import { Tabs } from '../../ui/tabs.tsx'
import { LinkButton } from '../shell/link-button.tsx'
import { TOKEN_HELP, type TokenHelp } from './token-help.ts'
import './token-help.css'

/** How to get a token, for each kind of account and server. */
export function TokenHelpTabs() {
  const [shown, setShown] = useState(TOKEN_HELP[0]?.id ?? '')
  return (
    <div className="token-help">
      <Tabs
        label="How to get a token"
        value={shown}
        onChoose={setShown}
        tabs={TOKEN_HELP.map(help => ({ value: help.id, label: help.title, panel: <Help help={help} /> }))}
      />
    </div>
  )
}

function Help({ help }: { help: TokenHelp }) {
  const { lead, steps, admin, link } = help
  return (
    <div className="token-help-words">
      <p>{lead}</p>
      <ol>
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="muted">{admin}</p>
      <LinkButton url={link}>More in Mattermost’s documentation</LinkButton>
    </div>
  )
}
