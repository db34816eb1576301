import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ORDER_REASONS, ORDER_TYPES } from '../../shared/backtest/result.ts';
import { FILL_TIMINGS, SAME_BAR_POLICIES } from '../../shared/backtest/settings.ts';
import { bars, MINUTE, run, scripted } from '../shared/backtest/run.ts';
import { drawPicture } from './draw.ts';
import { PICTURES } from './pictures.ts';

const folder = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('order-matching.md', folder), 'utf8');

describe.each(PICTURES.map((picture) => [picture.name, picture] as const))(
  'the picture %s',
  (name, picture) => {
    test('shows what the engine does', () => {
      const { rows, order, settings, fills, sessionEnd, minutes } = picture;
      const session =
        sessionEnd === undefined
          ? {}
          : { session: { end: (7 * 60 + sessionEnd) * MINUTE, offsetAt: () => 0 } };
      const result = run(scripted({ 0: order }), null, {
        ...(settings === undefined ? {} : { settings }),
        feeds: [{ ticker: 'X', bars: bars(rows, minutes), interval: MINUTE, ...session }],
      });
      const made = Array.from(result.fills.bar, (bar, row) => [
        bar,
        result.fills.price[row],
        result.fills.size[row],
      ]);
      expect(made).toEqual(fills);
    });

    test('is drawn as it stands in docs/pictures, and shown on the page', () => {
      const file = new URL(`pictures/${name}.svg`, folder);
      if (process.env.UPDATE_DOCS === '1') writeFileSync(file, drawPicture(picture));
      expect(readFileSync(file, 'utf8')).toBe(drawPicture(picture));
      expect(page).toContain(`](pictures/${name}.svg)`);
    });
  },
);

test.each([
  ['order type', ORDER_TYPES],
  ['fill setting', FILL_TIMINGS],
  ['same-bar policy', SAME_BAR_POLICIES],
  ['reason', ORDER_REASONS.filter((reason) => reason !== 'none')],
])('every %s is explained on the page', (_, words) => {
  expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
});
