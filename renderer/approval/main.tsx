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
import { BrokenView } from './broken-view.tsx'
import { RenderBoundary } from './render-boundary.tsx'
import { showMore } from './scroll-page.ts'

const desk = new ApprovalDesk({
  remote: openRemote<ApprovalRemote>(APPROVAL_CALLS),
  listen: listeners => listen<ApprovalEvents>(listeners),
  showMore,
})
const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <RenderBoundary fallback={<BrokenView />}>
        <ApprovalPage desk={desk} />
      </RenderBoundary>
    </StrictMode>,
  )
  desk.start()
}
