import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import './tabs.css'

export type Tab<Value extends string> = { value: Value; label: string; panel: ReactNode }

type TabsProps<Value extends string> = {
  label: string
  tabs: readonly Tab<Value>[]
  value: Value
  onChoose: (value: Value) => void
  /** Stands at the end of the row. */
  actions?: ReactNode
}

/** The same thing in several ways, one at a time. */
export function Tabs<Value extends string>({ label, tabs, value, onChoose, actions }: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={chosen => onChoose(chosen)}>
      <div className="tabs-row">
        <BaseTabs.List className="tabs" aria-label={label} activateOnFocus>
          {tabs.map(tab => (
            <BaseTabs.Tab key={tab.value} value={tab.value}>
              {tab.label}
            </BaseTabs.Tab>
          ))}
        </BaseTabs.List>
        {actions !== undefined && <div className="tabs-actions">{actions}</div>}
      </div>
      {tabs.map(tab => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="tabs-panel">
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
