import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { faces, openFace } from './face.ts';

/** axe-core's own text, run in the page: our pages load no script but their own. */
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe finds that keeps somebody from using the page, with the first elements it is found on. */
async function findings(page: Page, where: string): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  // Through the debugging protocol, which the page's security policy does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResults> } }).axe.run(
      document,
      { resultTypes: ['violations'] },
    ),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${where}: ${id}: ${nodes
          .slice(0, 2)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
    );
}

describe.skipIf(faces.length === 0)('for everyone', () => {
  test.each(['dark', 'light'] as const)('axe has nothing serious against any screen, %s', async (scheme) => {
    const face = await openFace(faces[0]!, scheme);
    const found: string[] = [];
    try {
      const { page } = face;
      const look = async (where: string) => found.push(...(await findings(page, where)));
      await page.getByTestId('screen-welcome').waitFor();
      await look('welcome');
      for (const [keys, screen] of [
        ['Control+1', 'data'],
        ['Control+2', 'chart'],
        ['Control+3', 'strategy'],
        ['Control+4', 'runs'],
        ['Control+8', 'jobs'],
      ] as const) {
        await page.keyboard.press(keys);
        await page.getByTestId(`screen-${screen}`).waitFor();
        await look(`${screen}, empty`);
      }
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill('open the sample');
      await look('palette');
      await page.keyboard.press('Enter');
      await page.getByTestId('trade-row').first().waitFor({ timeout: 60_000 });
      for (const tab of ['trades', 'statistics', 'manifest']) {
        await page.getByTestId(`tab-${tab}`).click();
        await look(`result, ${tab}`);
      }
      await page.getByTestId('trust-data').click();
      await look('result, evidence');
      for (const [keys, screen] of [
        ['Control+1', 'data'],
        ['Control+2', 'chart'],
        ['Control+3', 'strategy'],
        ['Control+4', 'runs'],
        ['Control+8', 'jobs'],
        ['Control+9', 'settings'],
      ] as const) {
        await page.keyboard.press(keys);
        await page.getByTestId(`screen-${screen}`).waitFor();
        if (screen === 'strategy') await page.getByTestId('more').click();
        await look(screen);
      }
      for (const section of ['Time', 'Performance', 'Keys', 'Data folder', 'Privacy']) {
        await page.getByTestId(`section-${section}`).click();
        await look(`settings, ${section}`);
      }
      await page.keyboard.press('Control+4');
      await page.getByRole('grid', { name: 'Runs' }).focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Control+Alt+b');
      await page.getByTestId('inspector').waitFor();
      await look('inspector');
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menu').waitFor();
      await look('menu of a row');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await page.getByTestId('key-sheet').waitFor();
      await look('keys');
      await page.keyboard.press('Escape');
      await page.getByTestId('key-sheet').waitFor({ state: 'detached' });
      await page.getByRole('grid', { name: 'Runs' }).focus();
      await page.keyboard.press('Delete');
      await page.getByTestId('toast').waitFor();
      await look('notification');
      await page.keyboard.press('Control+2');
      await page.keyboard.press('Control+\\');
      await look('split');
      expect(found).toEqual([]);
    } finally {
      await face.close();
    }
  });

  test('a planted fault is found', async () => {
    const face = await openFace(faces[0]!);
    try {
      const { page } = face;
      await page.getByTestId('screen-welcome').waitFor();
      await page.evaluate(() => {
        const button = document.createElement('button');
        button.style.color = button.style.background = 'gray';
        document.querySelector('[data-testid=screen-welcome]')!.append(button);
      });
      expect((await findings(page, 'planted')).join()).toContain('button-name');
    } finally {
      await face.close();
    }
  });

  test('every control of a screen is reached by Tab, and shows that it has the focus', async () => {
    const face = await openFace(faces[0]!);
    try {
      const { page } = face;
      await page.getByTestId('screen-welcome').waitFor();
      await page.keyboard.press('Enter');
      await page.getByTestId('trade-row').first().waitFor({ timeout: 60_000 });
      await page.keyboard.press('Control+4');
      await page.getByTestId('screen-runs').waitFor();
      await page.getByTestId('nav-data').focus();
      const seen: string[] = [];
      for (let press = 0; press < 60; press++) {
        const now = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const outlined = (of: Element) => getComputedStyle(of).outlineStyle !== 'none';
          const box = element.closest('.field-box');
          const row = element.querySelector('[aria-selected=true]');
          const isShown =
            outlined(element) ||
            (box !== null && outlined(box)) ||
            (row !== null && getComputedStyle(row).boxShadow !== 'none') ||
            element.classList.contains('inspector-edge');
          return {
            name: element.dataset.testid ?? element.getAttribute('aria-label') ?? element.textContent ?? '',
            isShown,
          };
        });
        expect(now.isShown, `focus is seen on ${now.name}`).toBe(true);
        if (seen.includes(now.name) && now.name === 'nav-data') break;
        seen.push(now.name);
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement === document.body)) break;
      }
      for (const name of [
        'nav-data',
        'nav-settings',
        'runs-search',
        'Runs',
        'zone',
        'workspace',
        'inspector-toggle',
      ])
        expect(seen).toContain(name);
    } finally {
      await face.close();
    }
  });
});
