import type { Picture } from './pictures.ts';

const WIDTH = 360;
const HEIGHT = 190;
const TOP = 30;
const BOTTOM = 12;
const LEFT = 12;
const RIGHT = 138;

/** A picture as SVG: candles, price lines with names, and a mark where each order filled. Follows the reader's theme. */
export function drawPicture({ title, rows, lines, fills }: Picture): string {
  const prices = [...rows.flat(), ...lines.map(([price]) => price), ...fills.map(([, price]) => price)];
  const highest = Math.max(...prices);
  const lowest = Math.min(...prices);
  const y = (price: number) =>
    round(TOP + ((highest - price) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM));
  const step = (WIDTH - LEFT - RIGHT) / rows.length;
  const x = (bar: number) => round(LEFT + (bar + 0.5) * step);
  const half = Math.min(14, step / 3);
  const candles = rows.map(([open, high, low, close], bar) => {
    const top = y(Math.max(open, close));
    const height = Math.max(1.5, round(y(Math.min(open, close)) - top));
    return `<line x1="${x(bar)}" y1="${y(high)}" x2="${x(bar)}" y2="${y(low)}"/><rect class="${close >= open ? 'up' : 'down'}" x="${round(x(bar) - half)}" y="${top}" width="${round(2 * half)}" height="${height}"/>`;
  });
  const across = lines.map(
    ([price, name]) =>
      `<line class="price" x1="${LEFT}" y1="${y(price)}" x2="${WIDTH - RIGHT + 6}" y2="${y(price)}"/><text x="${WIDTH - RIGHT + 10}" y="${round(y(price) + 4)}">${price} ${name}</text>`,
  );
  const marks = fills.map(([bar, price, size], index) => {
    const side = size > 0 ? 'bought' : 'sold';
    const units = Math.abs(size) === 1 ? '' : `${Math.abs(size)} `;
    const clashes = lines.some(([line]) => Math.abs(y(line) - y(price)) < 12);
    const label = clashes
      ? ''
      : `<text class="fill" x="${WIDTH - RIGHT + 10}" y="${round(y(price) + 4)}">${units}${side} at ${price}</text>`;
    return `<circle class="fill" cx="${round(x(bar) + (index % 2 === 0 ? 0 : 5))}" cy="${y(price)}" r="5"><title>${units}${side} at ${price}, bar ${bar + 1}</title></circle>${label}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}">
<style>
svg{background:#fff;color:#1c232b;font:11px system-ui,sans-serif}
line{stroke:currentColor;stroke-width:1.2}.up{fill:#0b62c4}.down{fill:#a84b00}rect{stroke:currentColor;stroke-width:.6}
.price{stroke-dasharray:4 3}text{fill:currentColor}circle.fill{fill:#e8c547;stroke:currentColor;stroke-width:1.4}text.fill{font-weight:600}
@media (prefers-color-scheme:dark){svg{background:#0f1318;color:#dfe5ec}.up{fill:#5aa9ff}.down{fill:#ff9c45}}
</style>
<text x="${LEFT}" y="16" font-weight="600">${title}</text>
${[...candles, ...across, ...marks].join('\n')}
</svg>
`;
}

const round = (value: number) => Math.round(value * 10) / 10;
