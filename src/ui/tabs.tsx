import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import css from './tabs.module.css';

export interface TabItem {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label, e.g. how many wait. */
  readonly count?: number;
  readonly content: ReactNode;
}

/** Several views of one thing; arrows go from one to the next. */
export function Tabs({ label, items, value, onChange }: { label: string; items: readonly TabItem[]; value?: string; onChange?: (id: string) => void }) {
  return (
    <AriaTabs className={css.tabs!} {...(value === undefined ? {} : { selectedKey: value })} onSelectionChange={(key) => onChange?.(String(key))}>
      <TabList aria-label={label} className={css.list!} items={items}>
        {(item) => (
          <Tab id={item.id} className={css.tab!}>
            {item.label}
            {item.count !== undefined && <span className={css.count}>{item.count}</span>}
          </Tab>
        )}
      </TabList>
      {items.map((item) => <TabPanel key={item.id} id={item.id} className={css.panel!}>{item.content}</TabPanel>)}
    </AriaTabs>
  );
}
