/** Runs the tasks of one place one after the other, in order; those of different places side by side. */
export class PlaceQueue {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(place: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(place) ?? Promise.resolve()
    const mine = before.then(task, task)
    this.#last.set(place, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(place) === mine) this.#last.delete(place)
    }
  }
}
