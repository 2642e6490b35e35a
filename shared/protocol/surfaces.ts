/** Where a person can be. The method tables say what can be done from there. */
export const SURFACES = ['terminal', 'approval-window', 'settings-window', 'tray', 'notification'] as const
export type Surface = (typeof SURFACES)[number]
