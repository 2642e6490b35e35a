import { useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../ui/action-button.tsx'
import { focusHeading } from '../shell/page.tsx'
import { useSurroundings } from '../shell/remote-context.ts'
import { AccountStep } from './account-step.tsx'
import { ConnectStep } from './connect-step.tsx'
import { PolicyStep } from './policy-step.tsx'
import { ScopeStep } from './scope-step.tsx'
import { StepList } from './step-list.tsx'
import { type StepId, stepAfter, stepBefore } from './steps.ts'
import { TryStep } from './try-step.tsx'
import './first-run.css'

/** The account that the set-up is about, once it is stored. */
export type SetUpAccount = { integration: string; alias: string; user: string | null; warnings: string[] }

/** From nothing to an agent that reads, a step at a time. */
export function FirstRun() {
  const { move } = useSurroundings()
  const [step, setStep] = useState<StepId>('account')
  const [account, setAccount] = useState<SetUpAccount>()
  const end = () => move({ kind: 'end-setup' })
  const before = stepBefore(step)
  const go = {
    next: () => {
      const next = stepAfter(step)
      if (next === undefined) end()
      else setStep(next)
    },
    back: before === undefined ? undefined : () => setStep(before),
  }
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is why the focus moves
  useEffect(() => {
    if (!isFirst.current) focusHeading()
    isFirst.current = false
  }, [step])
  return (
    <>
      <div className="setup-bar">
        <StepList current={step} />
        <ActionButton kind="quiet" onClick={end}>
          {step === 'account' ? 'Later' : 'Skip the rest'}
        </ActionButton>
      </div>
      <Step
        step={step}
        account={account}
        go={go}
        onAccount={stored => {
          setAccount(stored)
          go.next()
        }}
      />
    </>
  )
}

export type Go = { next: () => void; back: (() => void) | undefined }

type StepProps = {
  step: StepId
  account: SetUpAccount | undefined
  go: Go
  onAccount: (account: SetUpAccount) => void
}

function Step({ step, account, go, onAccount }: StepProps) {
  if (step === 'account' || account === undefined) return <AccountStep onAccount={onAccount} />
  switch (step) {
    case 'scope':
      return <ScopeStep account={account} go={go} />
    case 'policy':
      return <PolicyStep go={go} />
    case 'connect':
      return <ConnectStep go={go} />
    case 'try':
      return <TryStep go={go} />
  }
}
