import { dialog } from 'electron'
import { KosmoError } from '../../shared/errors.ts'
import { type BrokerClient, connectBroker } from '../broker/broker-client.ts'

const TAKE_OVER = 0

/**
 * Another broker holds the socket, most likely `kosmo broker` in a terminal: the person says which of the two stays.
 *
 * @returns whether the place is free now
 */
export async function askAboutOtherBroker(variables: Record<string, string | undefined>): Promise<boolean> {
  let other: BrokerClient | undefined
  try {
    other = await connectBroker({ variables, interactive: false })
  } catch (error) {
    const why = error instanceof KosmoError ? error.message : 'It does not answer.'
    dialog.showErrorBox('KosmoKrator cannot start', `A KosmoKrator broker runs already. ${why}`)
    return false
  }
  // It has ended meanwhile.
  if (other === undefined) return true
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'KosmoKrator',
    message: 'A KosmoKrator broker runs already',
    detail: `It is process ${other.welcome.pid}, most likely "kosmo broker" in a terminal. Take over to have this app answer instead: what waits there is withdrawn, and clients connect anew.`,
    buttons: ['Take over', 'Quit'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (response !== TAKE_OVER) {
    other.close()
    return false
  }
  await other.broker.stop({}).catch(() => undefined)
  await other.closed
  return true
}
