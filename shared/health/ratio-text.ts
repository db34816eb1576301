const LARGEST_PART = 30;

/** `2:1`, `3:2`, `1:10`, or the number against 1 where no small parts give it. */
export function ratioText(ratio: number): string {
  for (let below = 1; below <= LARGEST_PART; below++) {
    const above = ratio * below;
    if (Math.abs(above - Math.round(above)) < 1e-6 * above) return `${Math.round(above)}:${below}`;
  }
  const whole = Math.round(1 / ratio);
  return ratio < 1 && Math.abs(1 / ratio - whole) < 1e-4 ? `1:${whole}` : `${Number(ratio.toFixed(4))}:1`;
}
