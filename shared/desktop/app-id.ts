/** The same on every system: the installed shortcut, the `.desktop` file and the package carry it. */
export const APP_ID = 'dev.kosmokrator.App'
