import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** Chooses an entry of a list that opens at a button. */
export async function choose(page: Page, testId: string, value: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.locator(`[data-testid="${testId}-list"] [data-value="${value}"]`).click();
}

/** Chooses in a list that is searched: by what its entry is called. */
export async function search(page: Page, testId: string, text: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.getByTestId(`${testId}-input`).fill(text);
  await page.getByRole('option', { name: text }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId(`${testId}-input`).waitFor({ state: 'detached' });
}

/** Imports a file on the data screen, as it is read by itself. */
export async function importBars(page: Page, path: string): Promise<void> {
  await page.getByTestId('file-input').setInputFiles(path);
  await page.getByTestId('import-go').click();
}

const docs = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
/** Screenshots for the README; only rewritten on request, so that a test run leaves the tree clean. */
export const screenshot = async (page: Page, name: string) => {
  if (process.env.HINDSIGHT_SCREENSHOTS !== '1') return;
  await mkdir(docs, { recursive: true });
  await page.screenshot({ path: join(docs, `${name}.png`) });
};
