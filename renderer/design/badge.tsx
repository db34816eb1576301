import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './badge.css';

interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | 'ok' | 'warning' | 'danger';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly title?: string;
}

/** A word about a thing: its kind or its state. The tone is never the only sign. */
export function Badge({ tone = 'neutral', icon, children, title }: BadgeProps) {
  return (
    <span className={classNames('badge', tone)} title={title}>
      {icon}
      {children}
    </span>
  );
}
