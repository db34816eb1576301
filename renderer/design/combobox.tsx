import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { classNames } from './class-names.ts';
import { rank } from './rank.ts';
import './field.css';
import './popup.css';

export interface ComboboxItem {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

interface ComboboxProps {
  readonly label?: string;
  readonly value: string | null;
  readonly items: readonly ComboboxItem[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly testId?: string | undefined;
  readonly className?: string;
}

/** More are never shown: one types on instead of scrolling. */
const MOST_SHOWN = 200;

/** One of many: type a few letters in any order of words, Enter takes the first. */
export function Combobox(props: ComboboxProps) {
  const { label, value, items, onChange, placeholder = 'Search', testId, className } = props;
  const [query, setQuery] = useState('');
  const found = useMemo(() => rank(query, items, ({ label: text }) => text, MOST_SHOWN), [query, items]);
  const chosen = items.find((item) => item.value === value) ?? null;
  return (
    <Base.Root
      items={items as ComboboxItem[]}
      filteredItems={found as ComboboxItem[]}
      filter={null}
      value={chosen}
      isItemEqualToValue={(one: ComboboxItem, other: ComboboxItem) => one.value === other.value}
      itemToStringLabel={(item: ComboboxItem) => item.label}
      onValueChange={(item: ComboboxItem | null) => item !== null && onChange(item.value)}
      inputValue={query}
      onInputValueChange={setQuery}
      onOpenChange={(isOpen) => isOpen && setQuery('')}
      autoHighlight
    >
      <Base.Trigger
        className={classNames('field-box', 'select', className)}
        {...(label === undefined ? {} : { 'aria-label': label })}
        data-testid={testId}
        data-value={value ?? ''}
      >
        <span>{chosen?.label ?? <span className="muted">{placeholder}</span>}</span>
        <span className="field-icon">
          <ChevronDown size={13} aria-hidden />
        </span>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="popup-place" sideOffset={3} align="start">
          <Base.Popup className="popup combobox-popup" aria-label={label}>
            <span className="field-box combobox-input">
              <Base.Input
                placeholder={placeholder}
                {...(testId === undefined ? {} : { 'data-testid': `${testId}-input` })}
              />
            </span>
            <Base.Empty className="popup-empty">Nothing is like “{query}”.</Base.Empty>
            <Base.List className="popup-list combobox-list">
              {(item: ComboboxItem) => (
                <Base.Item key={item.value} value={item} className="popup-item" data-value={item.value}>
                  <span className="popup-check">
                    <Base.ItemIndicator>
                      <Check size={13} aria-hidden />
                    </Base.ItemIndicator>
                  </span>
                  <span className="popup-item-text">
                    <span>{item.label}</span>
                    {item.hint !== undefined && <span className="popup-item-hint">{item.hint}</span>}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
