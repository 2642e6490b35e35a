import { APPROVAL_CALLS, APPROVAL_EVENTS } from '../../shared/protocol/window-bridge.ts'
import { exposeBridge } from './expose-bridge.ts'

exposeBridge(APPROVAL_CALLS, APPROVAL_EVENTS)
