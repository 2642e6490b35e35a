import '../ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  APPROVAL_CALLS,
  type ApprovalEvents,
  type ApprovalRemote,
} from '../../shared/protocol/window-bridge.ts'
import { listen, openRemote } from '../ui/remote.ts'
import { ApprovalDesk } from './approval-desk.ts'
import { ApprovalPage } from './approval-page.tsx'
import { scrollBy } from './scroll-page.ts'

const desk = new ApprovalDesk({
  remote: openRemote<ApprovalRemote>(APPROVAL_CALLS),
  listen: listeners => listen<ApprovalEvents>(listeners),
  showMore: () => scrollBy('PageDown'),
})
const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ApprovalPage desk={desk} />
    </StrictMode>,
  )
  desk.start()
}
