import { SETTINGS_CALLS, SETTINGS_EVENTS } from '../../shared/protocol/window-bridge.ts'
import { exposeBridge } from './expose-bridge.ts'

exposeBridge(SETTINGS_CALLS, SETTINGS_EVENTS)
