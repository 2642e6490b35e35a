import { strictEmitter } from '../strict.ts'

const EVENTS = [
  'lock-screen',
  'on-ac',
  'on-battery',
  'resume',
  'shutdown',
  'suspend',
  'unlock-screen',
  'user-did-become-active',
  'user-did-resign-active',
]

class PowerMonitor extends strictEmitter('powerMonitor', EVENTS) {
  readonly onBatteryPower = false

  isOnBatteryPower(): boolean {
    return false
  }

  getSystemIdleTime(): number {
    return 0
  }

  getSystemIdleState(): 'active' {
    return 'active'
  }
}

/** Power and locks of the machine: nothing happens to them but what a test makes happen. */
export const powerMonitor = new PowerMonitor()
