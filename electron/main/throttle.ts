/** Calls `work` soon after it is wanted and no more often than that, however often it is wanted. */
export function throttled(milliseconds: number, work: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      work()
    }, milliseconds)
  }
}
