/** Something that a person can do something about; its message says what happened and what to do next. */
export class ProblemForThePerson extends Error {}

/** Ends a program with what went wrong: a sentence where we know one, the whole error where we do not. */
export function reportProblem(error) {
  const text = error instanceof ProblemForThePerson ? error.message : (error?.stack ?? String(error))
  process.stderr.write(`\n${text}\n`)
  process.exitCode = 1
}
