// A password alone can be stolen from afar: a colleague takes a second key, comes in with it, and does without it again.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { Stage } from '@kith/check/stage';
import type { Page } from 'playwright';
import { password } from '../../tests/system/harness/cast.ts';
import { totp } from '../../tests/system/harness/ids.ts';

async function comes_with_her_password(stage: Stage): Promise<Page> {
  const page = await stage.page();
  await page.goto(`${stage.house.url}/desk/`);
  await page.getByLabel(said.desk_email(), { exact: true }).fill(stage.home.colleague.email);
  await page.getByLabel(said.desk_password(), { exact: true }).fill(password);
  await page.getByRole('button', { name: said.desk_sign_in() }).click();
  return page;
}

journey('a colleague takes a second key, and nobody comes in without it', async (stage) => {
  const { page } = await stage.desk(stage.home.colleague, 'settings/me');
  await page.getByRole('button', { name: said.desk_factor_begin() }).click();
  const secret = ((await page.locator('code').textContent()) ?? '').replaceAll(/\s/g, '');
  assert.match(secret, /^[A-Z2-7]{32}$/);
  assert.deepEqual(await page_complaints(page), []);
  const code = page.getByLabel(said.desk_code(), { exact: true });
  await code.fill('000000');
  await page.getByRole('button', { name: said.desk_factor_confirm() }).click();
  await page.getByText(said.desk_code_wrong()).waitFor();
  await code.fill(totp(secret, -1));
  await page.getByRole('button', { name: said.desk_factor_confirm() }).click();
  await page.getByText(said.desk_factor_is_on(), { exact: true }).waitFor();

  const other = await comes_with_her_password(stage);
  await other.getByRole('heading', { name: said.desk_code_title() }).waitFor();
  assert.equal(await other.locator('#room').count(), 0);
  assert.deepEqual(await page_complaints(other), []);
  await other.getByLabel(said.desk_code(), { exact: true }).fill('000000');
  await other.getByText(said.desk_code_wrong()).waitFor();
  // Six digits go by themselves; one that was used opens nothing.
  await other.getByLabel(said.desk_code(), { exact: true }).fill(totp(secret, -1));
  await other.getByText(said.desk_code_wrong()).waitFor();
  await other.getByLabel(said.desk_code(), { exact: true }).fill(totp(secret, 1));
  await other.locator('#room').waitFor();

  await page.getByRole('button', { name: said.desk_factor_remove() }).click();
  await page.getByRole('textbox', { name: said.desk_password(), exact: true }).fill(password);
  await page.getByRole('button', { name: said.desk_factor_remove() }).click();
  await page.getByRole('button', { name: said.desk_factor_begin() }).waitFor();
  await (await comes_with_her_password(stage)).locator('#room').waitFor();
});
