import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import './tabs.css';

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly tabs: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    /** A count or a mark behind the label. */
    readonly badge?: ReactNode;
  }[];
  /** The page of the chosen tab. */
  readonly children: ReactNode;
  /** At the right end of the row of tabs. */
  readonly trailing?: ReactNode;
}

/** Pages of one thing: arrows move along the tabs, Tab goes into the page. */
export function Tabs<Value extends string>({
  label,
  value,
  onChange,
  tabs,
  children,
  trailing,
}: TabsProps<Value>) {
  return (
    <Base.Root className="tabs" value={value} onValueChange={(next) => onChange(next as Value)}>
      <div className="tabs-row">
        <Base.List className="tabs-list" aria-label={label} activateOnFocus>
          {tabs.map((tab) => (
            <Base.Tab key={tab.value} value={tab.value} className="tab" data-testid={`tab-${tab.value}`}>
              {tab.label}
              {tab.badge !== undefined && <span className="tab-badge">{tab.badge}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {trailing}
      </div>
      <Base.Panel value={value} className="tab-panel" tabIndex={-1}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
