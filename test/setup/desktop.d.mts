export function desktopLacks(): string | undefined
export function installDesktop(): Promise<void>
