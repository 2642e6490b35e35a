/** @throws Error with a sentence */
export function releaseNotes(tag: string, version: string, changelog: string): string
