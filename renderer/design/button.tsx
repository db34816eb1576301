import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';
import './button.css';

interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one thing to do next. `danger`: takes something away. `quiet`: no frame. */
  readonly tone?: 'neutral' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'normal' | 'large';
  readonly icon?: ReactNode;
  /** Keys that do the same, shown in the button. */
  readonly keys?: string | undefined;
}

export function Button({
  tone = 'neutral',
  size = 'normal',
  icon,
  keys,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button type="button" {...rest} className={classNames('button', tone, size, className)}>
      {icon}
      {children}
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'title'> {
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly tone?: 'quiet' | 'neutral' | 'danger';
  /** For a button that stays down: shown and told. */
  readonly pressed?: boolean | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

/** A button that is only a picture; its name shows as a tooltip with its keys. */
export function IconButton({
  label,
  icon,
  keys,
  tone = 'quiet',
  pressed,
  side = 'bottom',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={classNames('button', 'icon', tone, className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
