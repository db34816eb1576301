/** What an SMA cross must do on given closes, counted without any of Hindsight's code: sums spelt out per bar. */
export interface ExpectedTrades {
  /** Long entries and exits that could fill (an order on the last bar cannot). */
  readonly entries: number;
  readonly exits: number;
}

export function countCrossings(ticks: readonly number[], fast: number, slow: number): ExpectedTrades {
  // Whole ticks: sums are exact, and fast * slowSum against slow * fastSum needs no division.
  const sum = (end: number, period: number) => {
    let total = 0;
    for (let i = end - period + 1; i <= end; i++) total += ticks[i]!;
    return total;
  };
  const difference = (i: number) => Math.sign(slow * sum(i, fast) - fast * sum(i, slow));
  let remembered = difference(slow - 1);
  let holding = false;
  let entries = 0;
  let exits = 0;
  for (let i = slow; i < ticks.length - 1; i++) {
    const now = difference(i);
    if (remembered < 0 && now > 0 && !holding) {
      holding = true;
      entries++;
    } else if (remembered > 0 && now < 0 && holding) {
      holding = false;
      exits++;
    }
    if (now !== 0) remembered = now;
  }
  return { entries, exits };
}
