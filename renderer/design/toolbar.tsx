import { Toolbar as Base } from '@base-ui/react/toolbar';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './toolbar.css';

/** The bar on top of a screen or panel: a title, then what acts on all of it. `end` sits at the right. */
export function Bar({
  title,
  children,
  end,
  className,
}: {
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly end?: ReactNode;
  readonly className?: string;
}) {
  return (
    <header className={classNames('bar', className)}>
      {title !== undefined && <h1 className="bar-title">{title}</h1>}
      {children}
      {end !== undefined && <div className="bar-end">{end}</div>}
    </header>
  );
}

/** A row of tools that is one stop for the Tab key; arrows move inside. Its buttons are ToolbarButtons. */
export function Toolbar({
  label,
  children,
  className,
}: {
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <Base.Root className={classNames('tools', className)} aria-label={label}>
      {children}
    </Base.Root>
  );
}

interface ToolbarButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  readonly pressed?: boolean;
}

export function ToolbarButton({ label, icon, keys, pressed, className, ...rest }: ToolbarButtonProps) {
  const title = keys === undefined ? label : `${label} (${keys})`;
  return (
    <Base.Button
      {...rest}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      className={classNames('button', 'icon', 'quiet', className)}
    >
      {icon}
    </Base.Button>
  );
}

export const ToolbarLine = () => <Base.Separator className="tools-line" />;
