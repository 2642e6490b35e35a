/** Says to those who listen what others see change. What is already being said is not interrupted. */
export function Announcer({ words }: { words: string }) {
  return (
    <div className="unseen" role="status">
      {words}
    </div>
  )
}
