/** The numbered page that begins at `position` and has at most `fits` items: what did not fit is on it. */
export function pageAt(position: number, fits: number): { page: number; per_page: number } | undefined {
  for (let perPage = fits; perPage > 0; perPage--) {
    if (position % perPage === 0) return { page: position / perPage, per_page: perPage }
  }
  return undefined
}
