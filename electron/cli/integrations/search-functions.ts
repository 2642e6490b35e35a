import { type CatalogueFunction, fullName } from '../../integrations/find-function.ts'

const MOST = 20

/** Points for a query as a whole, by where it is found, and for each of its words. */
const POINTS = { name: 100, title: 50, anywhere: 10, word: 3 }

/** Functions that have to do with a query, best first, at most twenty. */
export function searchFunctions(query: string, functions: readonly CatalogueFunction[]): CatalogueFunction[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  return functions
    .map(each => ({ each, points: pointsOf(each, wanted) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || (fullName(a.each) < fullName(b.each) ? -1 : 1))
    .slice(0, MOST)
    .map(({ each }) => each)
}

function pointsOf(each: CatalogueFunction, wanted: string): number {
  const { title, description } = each.definition
  const name = fullName(each)
  const everything = `${name} ${title} ${description}`.toLowerCase()
  const words = wanted.split(/\s+/).filter(word => everything.includes(word))
  return (
    (name.includes(wanted) ? POINTS.name : 0) +
    (title.toLowerCase().includes(wanted) ? POINTS.title : 0) +
    (everything.includes(wanted) ? POINTS.anywhere : 0) +
    words.length * POINTS.word
  )
}
