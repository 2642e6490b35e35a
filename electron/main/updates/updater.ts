import type { FoundUpdate } from '../../../shared/updates/update-state.ts'

/** What fetches newer versions and puts them in place. Each may fail with an `UpdateFault`. */
export type Updater = {
  /** The newest release where it is newer than this; undefined where none is. */
  look(): Promise<FoundUpdate | undefined>
  /** Downloads what was found last and checks it; `progress` is told percents. */
  download(progress: (percent: number) => void): Promise<void>
  /** Why what was downloaded could not be put in place, as far as that can be known before. */
  refusal(): UpdateFault | undefined
  /** Starts what puts it in place. The app has let everything go, and ends when this settles. */
  install(restart: boolean): Promise<void>
}

/** A failure of the updater, by what is known of it; its own words are never shown. */
export class UpdateFault extends Error {
  readonly code: string
  readonly status: number | undefined

  constructor(code: string, message: string, status?: number) {
    super(message)
    this.name = 'UpdateFault'
    this.code = code
    this.status = status
  }
}
