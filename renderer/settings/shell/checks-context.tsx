import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type Check, type CheckedAccount, checkKey } from '../accounts/checks.ts'
import { isOffline } from '../words/trouble.ts'
import { useSurroundings } from './remote-context.ts'
import { asFailure } from './use-question.ts'

type Checks = {
  of(account: CheckedAccount): Check | undefined
  /** Asks the server whose account it is. */
  check(account: CheckedAccount): void
}

const ChecksContext = createContext<Checks | undefined>(undefined)

/** Keeps what servers said of stored accounts, for as long as the window is open. */
export function ChecksProvider({ children }: { children: ReactNode }) {
  const { remote } = useSurroundings()
  const [checks, setChecks] = useState<ReadonlyMap<string, Check>>(new Map())
  const accounts = useRef(new Map<string, CheckedAccount>())
  const set = (key: string, check: Check) => setChecks(before => new Map(before).set(key, check))

  const check = (account: CheckedAccount) => {
    const key = checkKey(account)
    accounts.current.set(key, account)
    set(key, { kind: 'checking' })
    const { integration, alias } = account
    remote.checkAccount({ integration, account: alias, values: {} }).then(
      person => set(key, { kind: 'person', person, at: Date.now() }),
      (error: unknown) => set(key, { kind: 'failed', failure: asFailure(error), at: Date.now() }),
    )
  }

  const checkAgain = useEffectEvent(() => {
    for (const [key, account] of accounts.current) {
      const known = checks.get(key)
      if (known?.kind === 'failed' && isOffline(known.failure)) check(account)
    }
  })
  useEffect(() => {
    const listener = () => checkAgain()
    window.addEventListener('online', listener)
    return () => window.removeEventListener('online', listener)
  }, [])

  return (
    <ChecksContext value={{ of: account => checks.get(checkKey(account)), check }}>{children}</ChecksContext>
  )
}

/** What the server says of accounts. Each that was not asked about yet is asked about once. */
export function useChecks(accounts: readonly CheckedAccount[]): Checks {
  const checks = useContext(ChecksContext)
  if (checks === undefined) throw new Error('There are no checks around this.')
  const checkNew = useEffectEvent(() => {
    for (const account of accounts) if (checks.of(account) === undefined) checks.check(account)
  })
  const keys = accounts.map(checkKey).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: which accounts there are is why it asks
  useEffect(() => checkNew(), [keys])
  return checks
}
