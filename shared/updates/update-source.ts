/** Whether this app fetches its own updates, or where they come from instead. */
export type UpdateSource = { kind: 'own' } | { kind: 'elsewhere'; how: string }

export type Installed = {
  isPackaged: boolean
  platform: string
  /** What kind of package it came in, as electron-builder notes beside it, e.g. `deb`; undefined where nothing is noted. */
  packageType: string | undefined
  /** Whether it is run from an AppImage. */
  isAppImage: boolean
  /** Whether the build says where its releases are. */
  hasFeed: boolean
}

/** Only what can be replaced as a whole, and was released, updates itself: the rest belongs to somebody else. */
export function updateSource(installed: Installed): UpdateSource {
  const { isPackaged, platform, packageType, isAppImage, hasFeed } = installed
  if (!isPackaged)
    return elsewhere('This runs from its sources: git pull, npm ci and npm run build bring the newest.')
  if (packageType === 'deb') {
    return elsewhere(
      'This came as a Debian package: install the newer .deb with apt, or let your repository bring it.',
    )
  }
  if (packageType !== undefined) return elsewhere('This came as a package: your package manager updates it.')
  if (!hasFeed) return elsewhere('This was built by hand, so it knows of no releases.')
  if (platform === 'linux' && !isAppImage)
    return elsewhere('This was unpacked by hand: unpack the newer version in its place.')
  return { kind: 'own' }
}

function elsewhere(how: string): UpdateSource {
  return { kind: 'elsewhere', how }
}
