/** A place in which programs are only for a while. */
export type PassingPlace = { where: string; todo: string }

const PLACES: readonly [folder: RegExp, place: PassingPlace][] = [
  [
    /\/\.mount_[^/]+\//,
    {
      where: 'an AppImage, where it is only as long as that runs; it could not be copied out of it',
      todo: 'See that there is room in ~/.local/share/kosmokrator, and start KosmoKrator again.',
    },
  ],
  [
    // Where macOS runs an app that was downloaded and not moved since.
    /\/AppTranslocation\//,
    {
      where: 'a place that macOS makes for each start of an app that was not moved since it was downloaded',
      todo: 'Move KosmoKrator to the Applications folder, and start it from there.',
    },
  ],
]

/** Where a path is only for a while, and what to do about it; undefined where it stays. */
export function passingPlace(path: string): PassingPlace | undefined {
  return PLACES.find(([folder]) => folder.test(path))?.[1]
}
