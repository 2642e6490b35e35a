export function hasKeyring(): boolean
export function installKeyring(): void
