import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faces, type OpenFace, openFace } from './face.ts';

/** A machine with other work to do takes its time. */
const eventually = <T>(value: () => T, { timeout = 10_000 } = {}) => expect.poll(value, { timeout });
const active = (page: Page) => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '');
/** Names of the tabs, group by group. */
const tabs = (page: Page) =>
  page.locator('.flexlayout__tab_button .dock-tab').evaluateAll((all) => all.map((one) => one.textContent));
const workspaceFile = (face: OpenFace, name = 'Default') =>
  join(face.libraryPath, 'workspaces', `${name}.json`);
const saved = async (face: OpenFace, name = 'Default') =>
  JSON.parse(await readFile(workspaceFile(face, name), 'utf8'));

async function type(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-input').fill(query);
}

describe.skipIf(faces.length === 0)('the shell, by keyboard', () => {
  let face: OpenFace;
  let page: Page;
  beforeAll(async () => {
    face = await openFace(faces[0]!);
    page = face.page;
    await page.getByTestId('screen-welcome').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('trade-row').first().waitFor({ timeout: 60_000 });
  });
  afterAll(() => face?.close());

  test('Ctrl with a number goes to each screen, and the focus goes with it', async () => {
    for (const [number, screen] of [
      [1, 'data'],
      [2, 'chart'],
      [3, 'strategy'],
      [4, 'runs'],
      [8, 'jobs'],
      [9, 'settings'],
    ] as const) {
      await page.keyboard.press(`Control+${number}`);
      await page.getByTestId(`screen-${screen}`).waitFor();
      expect(await page.getByTestId(`nav-${screen}`).getAttribute('aria-current')).toBe('page');
      await eventually(() =>
        page.evaluate(
          (kind) =>
            document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')?.startsWith(kind),
          screen,
        ),
      ).toBe(true);
    }
  });

  test('the palette finds commands, symbols, runs and settings, and goes there', async () => {
    await type(page, 'halo');
    await page
      .locator('[data-key="series:HALO.L:1m"][aria-selected=true]')
      .or(page.locator('[data-testid=palette-item][aria-selected=true]'))
      .first()
      .waitFor();
    expect(await page.locator('[data-testid=palette-item][aria-selected=true]').textContent()).toContain(
      'HALO.L',
    );
    await page.keyboard.press('Enter');
    await page.getByTestId('price-chart').waitFor();
    await eventually(() => tabs(page)).toContain('HALO.L 1m');

    await type(page, 'density');
    await page.locator('[data-key="setting:appearance.density"]').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('palette').waitFor({ state: 'detached' });

    await type(page, 'sma cross on nova');
    await page.keyboard.press('Enter');
    await page.getByTestId('statistic-trades').waitFor();
  });

  test('the palette jumps to a trade by its number, and to a date', async () => {
    await type(page, 'trade 12');
    expect(await page.getByTestId('palette-item').first().textContent()).toContain('Trade 12');
    await page.keyboard.press('Enter');
    const chart = page.getByTestId('price-chart');
    await chart.waitFor();
    await eventually(() => tabs(page)).toContain('NOVA.L 1m');
    await eventually(() => chart.getAttribute('data-markers').then(Number)).toBeGreaterThan(0);
    await type(page, '2024-03-08 09:31');
    expect(await page.getByTestId('palette-item').first().textContent()).toContain('Go to 2024-03-08 09:31');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.value-strip').first().textContent()).toMatch(/2024-03-(0[78]|11)/);
  });

  test('? shows the keys, Escape leaves them, and single keys are text in a field', async () => {
    await page.keyboard.press('Control+4');
    await page.getByTestId('runs-search').focus();
    await page.keyboard.press('?');
    expect(await page.getByTestId('runs-search').inputValue()).toBe('?');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+4');
    await page.getByRole('grid', { name: 'Runs' }).focus();
    await page.keyboard.press('?');
    await page.getByTestId('key-sheet').waitFor();
    expect(await page.getByTestId('key-sheet').textContent()).toContain('Search everything');
    await page.keyboard.press('Escape');
    await page.getByTestId('key-sheet').waitFor({ state: 'detached' });
  });

  test('rail and inspector come and go; the inspector shows what is chosen', async () => {
    await page.keyboard.press('Control+b');
    await page.getByTestId('nav-data').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+b');
    await page.getByTestId('nav-data').waitFor();
    await page.keyboard.press('Control+Alt+b');
    await page.getByRole('grid', { name: 'Runs' }).focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.getByTestId('inspector').textContent()).toContain('SMA cross');
    await page.keyboard.press('Control+Alt+b');
    await page.getByTestId('inspector').waitFor({ state: 'detached' });
  });

  test('tabs are split, stepped through, closed and opened again', async () => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('price-chart').waitFor();
    const groups = () => page.locator('.flexlayout__tabset').count();
    const before = await groups();
    await page.keyboard.press('Control+\\');
    await eventually(groups).toBe(before + 1);
    await page.keyboard.press('Alt+m');
    await eventually(() => page.locator('.flexlayout__tabset:visible').count()).toBe(1);
    await page.keyboard.press('Alt+m');
    await eventually(() => page.locator('.flexlayout__tabset:visible').count()).toBe(before + 1);
    await page.keyboard.press('Control+Alt+n');
    await eventually(async () => (await tabs(page)).filter((name) => /1m$/.test(name ?? '')).length).toBe(2);
    await page.keyboard.press('Alt+w');
    await eventually(async () => (await tabs(page)).filter((name) => /1m$/.test(name ?? '')).length).toBe(1);
    await page.keyboard.press('Alt+Shift+w');
    await eventually(async () => (await tabs(page)).filter((name) => /1m$/.test(name ?? '')).length).toBe(2);
    await page.keyboard.press('Alt+;');
    await page.keyboard.press('Control+3');
    await page.getByTestId('screen-strategy').waitFor();
  });

  test('a chart joins a colour group, and the file of the workspace knows it', async () => {
    await page.keyboard.press('Control+2');
    await page.keyboard.press('Alt+l');
    await page.locator('.flexlayout__tab_button .link-1').first().waitFor();
    await eventually(async () =>
      Object.values((await saved(face)).panes).some((pane) => (pane as { link: number }).link === 1),
    ).toBe(true);
  });

  test('charts of a colour group show the same series; one that leaves it shows its own', async () => {
    const linked = () =>
      page
        .locator('.flexlayout__tab_button')
        .filter({ has: page.locator('.link-1') })
        .locator('.dock-tab')
        .evaluateAll((all) => all.map((one) => one.textContent));
    await page.keyboard.press('Control+2');
    await page.keyboard.press('Control+Alt+n');
    await page.getByTestId('price-chart').filter({ visible: true }).first().waitFor();
    await page.keyboard.press('Alt+l');
    await eventually(async () => (await linked()).length).toBe(2);
    const pane = page.locator('[data-pane]:focus-within');
    const series = pane.getByRole('combobox', { name: 'Series' });
    await series.selectOption({ label: 'HALO.L 1m' });
    await eventually(linked).toEqual(['HALO.L 1m', 'HALO.L 1m']);
    await pane.getByTestId('link-picker').click();
    await page.getByRole('menuitem', { name: 'nobody' }).click();
    await eventually(linked).toEqual(['HALO.L 1m']);
    await series.selectOption({ label: 'NOVA.L 1m' });
    await eventually(() => tabs(page)).toContain('NOVA.L 1m');
    expect(await linked()).toEqual(['HALO.L 1m']);
    await page.keyboard.press('Alt+w');
  });

  test('a removed run comes back by Ctrl+Z; one that is not brought back is gone from the list', async () => {
    await page.keyboard.press('Control+4');
    const rows = page.getByTestId('run-row');
    await rows.first().waitFor();
    const count = await rows.count();
    await page.getByRole('grid', { name: 'Runs' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.getByTestId('toast').waitFor();
    await eventually(() => rows.count()).toBe(count - 1);
    await page.keyboard.press('Control+z');
    await eventually(() => rows.count()).toBe(count);
    await page.getByTestId('toast').waitFor({ state: 'detached' });
  });

  test('jobs are listed with what became of them, and can be started again', async () => {
    await page.keyboard.press('Control+8');
    const row = page.locator('[data-testid=job-row][data-kind=sample]').first();
    await row.waitFor();
    expect(await row.getAttribute('data-state')).toBe('done');
    expect(await row.textContent()).toMatch(/160 trades/);
    await page.getByRole('grid', { name: 'Jobs' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('r');
    await eventually(() => page.getByTestId('job-row').count()).toBeGreaterThan(1);
    await eventually(() => page.getByTestId('job-row').first().getAttribute('data-state'), {
      timeout: 60_000,
    }).toBe('done');
  });

  test('nothing complained on the way', () => expect(face.complaints).toEqual([]));
});

describe.skipIf(faces.length === 0)('settings', () => {
  let face: OpenFace;
  let page: Page;
  const settings = async () => JSON.parse(await readFile(join(face.libraryPath, 'settings.json'), 'utf8'));
  beforeAll(async () => {
    face = await openFace(faces[0]!);
    page = face.page;
    await page.getByTestId('screen-welcome').waitFor();
    await page.keyboard.press('Control+9');
    await page.getByTestId('screen-settings').waitFor();
  });
  afterAll(() => face?.close());

  test('are found by a word, show their default and their JSON, and are kept in a plain file', async () => {
    await page.getByTestId('settings-search').fill('density');
    const row = page.getByTestId('setting-appearance.density');
    await row.waitFor();
    expect(await row.textContent()).toContain('Default compact');
    expect(await row.textContent()).toContain('"appearance.density":"compact"');
    await row.getByRole('button', { name: 'comfortable' }).focus();
    await page.keyboard.press('Space');
    await eventually(settings).toEqual({ 'appearance.density': 'comfortable' });
    expect(await page.evaluate(() => document.documentElement.dataset.density)).toBe('comfortable');
    await row.getByLabel('Back to compact').click();
    await eventually(settings).toEqual({});
    expect(await page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');
  });

  test('themes change every token at once', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByTestId('settings-search').fill('');
    for (const [name, theme] of [
      ['light', 'light'],
      ['high contrast', 'contrast'],
    ] as const) {
      await page.getByTestId('setting-appearance.theme').getByRole('combobox').click();
      await page.locator(`[role=option][data-value=${theme}]`).click();
      await eventually(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
      expect(await ground(), name).not.toBe(dark);
    }
    await page.getByTestId('setting-appearance.theme').getByLabel('Back to as the system').click();
    await eventually(ground).toBe(dark);
  });

  test('keys are recorded, conflicts are named, and the new keys work', async () => {
    await page.getByTestId('section-Keys').click();
    const row = page.getByTestId('keys-toggle-theme');
    await row.getByRole('button', { name: /^Add keys/ }).click();
    await page.keyboard.press('Control+k');
    await page.getByTestId('key-conflicts').waitFor();
    expect(await page.getByTestId('key-conflicts').textContent()).toMatch(/Search everything.*Dark or light/);
    expect(await page.getByTestId('keys-palette').getAttribute('data-clash')).toBe('true');
    await row.getByRole('button', { name: /^Take Ctrl\+K/ }).click();
    await page.getByTestId('key-conflicts').waitFor({ state: 'detached' });
    await row.getByRole('button', { name: /^Add keys/ }).click();
    await page.keyboard.press('Control+Shift+L');
    await eventually(async () => (await settings()).keys).toEqual({ 'toggle-theme': ['Ctrl+Shift+L'] });
    await page.keyboard.press('Control+Shift+L');
    await eventually(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    await page.keyboard.press('Control+Shift+L');
    await eventually(async () => (await settings())['appearance.theme']).toBe('dark');
  });

  test('a file edited by hand shows at once, and what is wrong in it is named', async () => {
    await writeFile(
      join(face.libraryPath, 'settings.json'),
      JSON.stringify({ 'appearance.density': 'comfortable', 'appearance.theme': 'purple' }),
    );
    await page.getByTestId('settings-problems').waitFor({ timeout: 10_000 });
    expect(await page.getByTestId('settings-problems').textContent()).toContain('appearance.theme');
    await eventually(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('comfortable');
    await writeFile(join(face.libraryPath, 'settings.json'), '{}');
    await page.getByTestId('settings-problems').waitFor({ state: 'detached', timeout: 10_000 });
  });

  test('say that nothing leaves the machine, and list what could', async () => {
    await page.getByTestId('section-Privacy').click();
    await page.getByTestId('privacy').waitFor();
    expect(await page.getByTestId('privacy').getAttribute('data-enabled')).toBe('0');
    expect(await page.getByTestId('privacy').textContent()).toContain('Nothing.');
    await eventually(() => page.locator('[data-testid^=source-]').count()).toBeGreaterThan(0);
    await page.getByTestId('section-Data folder').click();
    expect(await page.getByTestId('library-path').textContent()).toBe(face.libraryPath);
  });

  test('nothing complained on the way', () => expect(face.complaints).toEqual([]));
});

describe.skipIf(faces.length === 0)('workspaces', () => {
  let face: OpenFace;
  let page: Page;
  beforeAll(async () => {
    face = await openFace(faces[0]!);
    page = face.page;
    await page.getByTestId('screen-welcome').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('trade-row').first().waitFor({ timeout: 60_000 });
  });
  afterAll(() => face?.close());

  /** Places of all panes and splitters, to the pixel. */
  const places = (selector = '.pane, .splitter, .inspector, .rail') =>
    page.locator(selector).evaluateAll((all) =>
      all
        .map((one) => one.getBoundingClientRect())
        .filter(({ width, height }) => width > 0 && height > 0)
        .map(({ x, y, width, height }) => [x, y, width, height]),
    );

  test('come back to the pixel when the page is loaded again: tabs, splits, search, and how the next run is set up', async () => {
    await page.keyboard.press('Control+2');
    await page.getByTestId('price-chart').waitFor();
    await page.keyboard.press('Control+\\');
    await page.keyboard.press('Control+Alt+b');
    await page.keyboard.press('Control+3');
    await page.getByTestId('strategy-sma-cross').click();
    await page.getByTestId('param-slow').fill('333');
    await page.keyboard.press('Control+4');
    await page.getByTestId('runs-search').fill('sma');
    await page.getByTestId('run-row').first().dblclick();
    await page.getByTestId('tab-statistics').click();
    // A splitter that was moved by keyboard.
    const splitter = page.locator('.results-main .splitter');
    await splitter.focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowDown');
    const names = await tabs(page);
    await eventually(async () =>
      Object.values((await saved(face)).panes).some(
        (pane) => (pane as { state: { tab?: string } }).state.tab === 'statistics',
      ),
    ).toBe(true);
    await page.waitForTimeout(800); // the last change is kept a moment after it was made
    const before = await places();
    await page.reload();
    await page.locator('[data-testid=tab-statistics][aria-selected=true]').waitFor();
    await eventually(() => places()).toEqual(before);
    expect(await tabs(page)).toEqual(names);
    await page.keyboard.press('Control+4');
    expect(await page.getByTestId('runs-search').inputValue()).toBe('sma');
    await page.keyboard.press('Control+3');
    await eventually(() => page.getByTestId('param-slow').inputValue()).toBe('333');
  });

  test('are saved under a name and opened by it', async () => {
    await page.keyboard.press('Control+Shift+S');
    await page.getByTestId('workspace-name').fill('<img onerror>');
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByTestId('workspace-name').fill('Morning');
    await page.keyboard.press('Enter');
    await page.getByTestId('workspace-dialog').waitFor({ state: 'detached' });
    expect(await readdir(join(face.libraryPath, 'workspaces'))).toContain('Morning.json');
    const before = (await tabs(page)).length;
    await page.keyboard.press('Alt+w');
    await eventually(async () => (await tabs(page)).length).toBe(before - 1);
    await page.keyboard.press('Control+p');
    await page.getByTestId('palette-input').fill('default');
    await page.keyboard.press('Enter');
    await eventually(async () => (await tabs(page)).length).toBe(before);
  });

  test('whose file is broken open as the default layout, with word of where the file is kept', async () => {
    await mkdir(join(face.libraryPath, 'workspaces'), { recursive: true });
    await page.waitForTimeout(800);
    await writeFile(workspaceFile(face), '{ "version": 1, "layout": ');
    await page.reload();
    const toast = page.getByTestId('toast');
    await toast.waitFor();
    expect(await toast.textContent()).toMatch(/Default could not be read.*Default\.json\.broken/);
    await page.getByTestId('screen-data').waitFor();
    expect(await readFile(`${workspaceFile(face)}.broken`, 'utf8')).toBe('{ "version": 1, "layout": ');
    // The new layout is kept in the old one's place.
    await page.keyboard.press('Control+4');
    await eventually(async () => Object.keys((await saved(face)).panes)).toContain('runs');
  });

  test('with a result whose run is gone say so in its tab', async () => {
    await page.getByTestId('run-row').first().dblclick();
    await page.getByTestId('statistic-trades').waitFor();
    await page.keyboard.press('Control+4');
    await page.getByRole('grid', { name: 'Runs' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.getByTestId('screen-runs').getByText('No runs yet').waitFor();
    await page.getByRole('tab', { name: 'Result' }).click();
    await page.getByText('This run is not in the library any more').waitFor();
    await page.getByTestId('toast-action').first().click();
    await page.getByTestId('statistic-trades').waitFor();
  });

  test('fit a window of 400 pixels, and come back when it is wide again', async () => {
    const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    await page.keyboard.press('Control+4');
    await page.keyboard.press('Control+\\');
    const groups = () => page.locator('.flexlayout__tabset:visible').count();
    await eventually(groups).toBeGreaterThan(1);
    const wide = await places('.flexlayout__tabset');
    await page.setViewportSize({ width: 400, height: 700 });
    await eventually(groups).toBe(1);
    for (const screen of ['data', 'strategy', 'runs', 'jobs', 'settings'] as const) {
      await page.getByTestId(`nav-${screen}`).click();
      const pane = page.getByTestId(`screen-${screen}`);
      await pane.waitFor();
      const box = (await pane.boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(400);
      expect(box.width).toBeGreaterThan(300);
    }
    await page.keyboard.press('Control+4');
    await page.setViewportSize(size);
    await eventually(() => places('.flexlayout__tabset')).toEqual(wide);
  });

  test('nothing complained on the way', () => expect(face.complaints).toEqual([]));
});

describe.skipIf(faces.length === 0)('names that look like markup', () => {
  test('are text wherever they show, and nothing of them runs', async () => {
    const face = await openFace(faces[0]!);
    try {
      const { page } = face;
      await page.getByTestId('screen-welcome').waitFor();
      let isExecuted = false;
      await page.exposeFunction('hacked', () => {
        isExecuted = true;
      });
      const name = 'x-img-src-x-onerror-hacked';
      await writeFile(
        join(face.libraryPath, `${name}.ts`),
        `/** <img src=x onerror="hacked()"> <script>hacked()</script> */\nimport { Strategy } from 'hindsight';\nexport default class Mine extends Strategy {\n  static params = {};\n  next() {}\n}\n`,
      );
      await page.getByTestId('strategy-input').setInputFiles(join(face.libraryPath, `${name}.ts`));
      await page.locator(`[aria-current=true] > [data-testid=strategy-${name}]`).waitFor();
      const path = join(face.libraryPath, 'markup.csv');
      const lines = Array.from(
        { length: 50 },
        (_, i) =>
          `2024-07-01 0${7 + Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')}:00,<img onerror>,1,2,3,1,2,5`,
      );
      await writeFile(path, `bucket,ticker,trades,open,high,low,close,volume\n${lines.join('\n')}\n`);
      await page.keyboard.press('Control+1');
      await page.getByTestId('file-input').setInputFiles(path);
      await page.getByText('<img onerror>').first().waitFor();
      expect(await page.locator('img').count()).toBe(0);
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill('<img src=x onerror=hacked()>');
      await page.getByText('Nothing is like').waitFor();
      await page.keyboard.press('Escape');
      expect(await page.locator('img, iframe, object').count()).toBe(0);
      expect(isExecuted).toBe(false);
      expect(await active(page)).not.toBe('');
    } finally {
      await face.close();
    }
  });
});
