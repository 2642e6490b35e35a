import { strictEmitter } from '../strict.ts'

const EVENTS = ['before-quit-for-update', 'error', 'update-downloaded']

/** The updater of macOS and Windows: on Linux there is nothing behind it, and others have it tell of the end. */
export const autoUpdater = new (strictEmitter('autoUpdater', EVENTS))()
