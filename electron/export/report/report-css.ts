import { DARK_PALETTE, LIGHT_PALETTE } from '../../../shared/charts/palette.ts';

const tokens = (palette: typeof DARK_PALETTE) =>
  `--background:${palette.background};--text:${palette.text};--muted:${palette.muted};--line:${palette.grid};--up:${palette.up};--down:${palette.down}`;

/** The report's styles: the app's palette, light or dark as the reader's system says, light on paper. */
export const REPORT_CSS = `
:root{${tokens(LIGHT_PALETTE)};color-scheme:light dark}
.dark{display:none}
@media screen and (prefers-color-scheme:dark){:root{${tokens(DARK_PALETTE)}}.dark{display:block}.light{display:none}}
body{margin:0;background:var(--background);color:var(--text);font:14px/1.5 Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:24px;line-height:1.2;margin:0 0 6px}
h2{font-size:15px;margin:0 0 10px}
.setup{color:var(--muted);margin:0;max-width:100ch}
section{margin-top:32px}
.headline{display:grid;grid-template-columns:repeat(8,1fr);gap:1px;background:var(--line);border:1px solid var(--line)}
.headline div{background:var(--background);padding:10px 12px}
.headline span{display:block;color:var(--muted);font-size:12px}
.headline strong{font-size:18px;font-weight:600;white-space:nowrap}
.headline small{display:block;color:var(--muted);font-size:11px}
svg{display:block;width:100%;height:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{padding:4px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
thead th{color:var(--muted);font-size:12px}
.number{text-align:right;white-space:nowrap}
.total{font-weight:600}
.figures td:last-child{color:var(--muted)}
.figures .group th{font-weight:600;padding-top:14px}
.figures td.good{color:var(--up);white-space:nowrap}.figures td.bad{color:var(--down);font-weight:600;white-space:nowrap}.figures td.warning,.figures td.unknown{white-space:nowrap}
.trades{font-size:12px}.trades th,.trades td{white-space:nowrap;padding-inline:5px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:32px}
.code,code{font:12px/1.5 "JetBrains Mono",ui-monospace,Menlo,Consolas,monospace;word-break:break-all}
@media (max-width:900px){.headline{grid-template-columns:repeat(4,1fr)}.pair{grid-template-columns:1fr}}
@media print{main{padding:0}section{break-inside:avoid}}
`.trim();
