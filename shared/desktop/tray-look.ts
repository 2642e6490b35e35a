/** The endings of the tray icons' files: macOS colours its templates itself, others need one for each kind of panel. */
export type TrayLook = 'Template' | '-light' | '-dark'

export type PanelFacts = {
  platform: string
  /** What the system says of itself: dark or light. */
  isDark: boolean
  /** XDG_CURRENT_DESKTOP, e.g. `ubuntu:GNOME`. */
  desktop: string
}

/** Which icon can be seen. GNOME's bar is dark under every theme; other panels follow the system's. */
export function trayLook({ platform, isDark, desktop }: PanelFacts): TrayLook {
  if (platform === 'darwin') return 'Template'
  const isGnome = platform === 'linux' && /(^|:)(GNOME|Unity)(:|$)/i.test(desktop)
  return isDark || isGnome ? '-dark' : '-light'
}
