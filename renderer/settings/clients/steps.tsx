import { Said } from '../../ui/said.tsx'

/** What is left for the person to do. */
export function Steps({ title, steps }: { title: string; steps: readonly string[] }) {
  return (
    <div>
      <b>{title}</b>
      <ul>
        {steps.map(step => (
          <li key={step}>
            <Said text={step} />
          </li>
        ))}
      </ul>
    </div>
  )
}
