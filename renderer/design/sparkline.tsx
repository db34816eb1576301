import './sparkline.css';

interface SparklineProps {
  /** Said aloud and shown on hover: what the picture means. */
  readonly label: string;
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
  /** Value of a full bar; the largest value where it is left out. */
  readonly most?: number;
}

/** A row of small bars in one path, cheap enough for a cell of every row; zero is a dot on the ground. */
export function BarSparkline({ label, values, width = 60, height = 14, most }: SparklineProps) {
  const top = most ?? Math.max(...values, 0);
  const step = width / Math.max(1, values.length);
  const bar = Math.max(1, step - 1);
  const path = values
    .map((value, index) => {
      const tall = top <= 0 ? 1 : Math.max(1, Math.min(1, value / top) * height);
      return `M${(index * step).toFixed(1)} ${height}v${(-tall).toFixed(1)}h${bar.toFixed(1)}v${tall.toFixed(1)}z`;
    })
    .join('');
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      <path d={path} />
    </svg>
  );
}

/** A line through the values, first to last. */
export function LineSparkline({ label, values, width = 60, height = 14 }: SparklineProps) {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const points = values
    .map(
      (value, index) =>
        `${((index * width) / Math.max(1, values.length - 1)).toFixed(1)},${(height - 1 - ((value - low) / range) * (height - 2)).toFixed(1)}`,
    )
    .join(' ');
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline points={points} />
    </svg>
  );
}
