import { Tabs } from '@base-ui/react/tabs'
import { LinkButton } from '../shell/link-button.tsx'
import { TOKEN_HELP } from './token-help.ts'
import './token-help.css'

/** How to get a token, for each kind of account and server. */
export function TokenHelpTabs() {
  return (
    <Tabs.Root className="help-tabs" defaultValue={TOKEN_HELP[0]?.id ?? null}>
      <Tabs.List className="help-list" aria-label="How to get a token">
        {TOKEN_HELP.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id} className="help-tab">
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TOKEN_HELP.map(({ id, lead, steps, admin, link }) => (
        <Tabs.Panel key={id} value={id} className="help-panel">
          <p>{lead}</p>
          <ol>
            {steps.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className="muted">{admin}</p>
          <LinkButton url={link}>More in Mattermost’s documentation</LinkButton>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
