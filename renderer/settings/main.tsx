import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { SettingsRemote } from '../../shared/protocol/window-bridge.ts'
import { SETTINGS_CALLS } from '../../shared/protocol/window-bridge.ts'
import { openRemote } from '../ui/remote.ts'
import { App } from './app.tsx'
import '../ui/base.css'
import './rows.css'
import './settings.css'

const root = document.getElementById('root')
if (root !== null) {
  const remote = openRemote<SettingsRemote>(SETTINGS_CALLS)
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <App remote={remote} />
      </CSPProvider>
    </StrictMode>,
  )
}
