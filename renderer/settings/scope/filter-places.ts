import type { PlaceView } from '../../../shared/protocol/account-methods.ts'

/** Teams and channels whose name or title has these letters in it; a team that has them, with all its channels. */
export function filterPlaces(places: readonly PlaceView[], wanted: string): PlaceView[] {
  const letters = wanted.trim().toLowerCase().replace(/^~/, '')
  const has = (...names: string[]) => names.some(name => name.toLowerCase().includes(letters))
  return places.flatMap(place => {
    if (has(place.team, place.title)) return [place]
    const channels = place.channels.filter(({ channel, title }) => has(channel, title))
    return channels.length === 0 ? [] : [{ ...place, channels }]
  })
}
