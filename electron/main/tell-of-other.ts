import { dialog } from 'electron'
import { otherStart, type Started } from '../../shared/install/other-start.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ownStart } from './single-instance.ts'

/** Says so where somebody started another KosmoKrator than the one that runs. */
export function tellOfOther(started: Started): void {
  const detail = otherStart(ownStart(process.env), started)
  if (detail === undefined) return
  void dialog.showMessageBox({
    type: 'info',
    title: 'KosmoKrator',
    message: 'Another KosmoKrator runs already',
    detail: cleanLine(detail),
    buttons: ['OK'],
    noLink: true,
  })
}
