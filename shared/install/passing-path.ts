/** Whether a path is in an AppImage that is mounted: it is there only as long as that runs. */
export function isPassingPath(path: string): boolean {
  return /\/\.mount_[^/]+\//.test(path)
}
