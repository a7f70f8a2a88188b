import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Launch, type RunningApp } from "../support/app";
import { Expert } from "../support/expert";
import { addMeeting } from "../support/precious";
import { ledgerOf, notebookOf } from "../support/profileFiles";

/** The system's keychain is gone, reset, or not that of this computer: what it sealed is never discarded. */

const keychainOf = (userDataDir: string): string => `${userDataDir}.keyring`;

test("a lost keychain: the words of the kit open the notebook, and everything is there", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("with-kit");
  const first = await launch({ userDataDir, keychain: true });
  const anna = new Expert(first.page);
  const { common, protection } = anna.words;
  await anna.begin("Anna Weber");
  await addMeeting(anna, "Sealed meeting");
  await anna.goTo("settings");
  await anna.button(protection.kit.make).click();
  const sheet = anna.page.getByRole("dialog", { name: protection.kit.dialogTitle });
  const items = sheet.getByRole("list", { name: protection.kit.words }).getByRole("listitem");
  await expect(items).toHaveCount(12);
  const words = await items.allTextContents();
  await sheet.getByRole("button", { name: protection.kit.done }).click();
  await first.close();

  rmSync(keychainOf(userDataDir), { recursive: true });
  const { anna: sealed, app } = await isSealed(launch, userDataDir);
  const before = readdirSync(ledgerOf(userDataDir));
  await sealed.button(common.tryAgain).click();
  await expect(sealed.page.getByText(protection.failure.noKeychain)).toBeVisible();
  expect(readdirSync(ledgerOf(userDataDir)), "nothing is touched").toEqual(before);

  await sealed.button(protection.locked.useKit).click();
  await sealed.page.getByLabel(protection.kit.words, { exact: true }).fill(words.join(" "));
  await sealed.button(protection.recover.open).click();
  await sealed.openMeeting("Sealed meeting");
  await addMeeting(sealed, "After the kit");
  await app.close();

  const again = new Expert((await launch({ userDataDir, keychain: true })).page);
  await again.openMeeting("Sealed meeting");
  await again.openMeeting("After the kit");
});

test("a lost keychain without a kit: the notebook is put aside whole, and opens once the keychain is back", async ({
  launch,
  temporaryFolder,
}) => {
  test.setTimeout(90_000);
  const userDataDir = temporaryFolder("without-kit");
  const first = await launch({ userDataDir, keychain: true });
  await new Expert(first.page).begin("Anna Weber");
  await addMeeting(new Expert(first.page), "Sealed meeting");
  await first.close();
  const ledger = readdirSync(ledgerOf(userDataDir));
  const keychain = `${keychainOf(userDataDir)}.kept`;
  renameSync(keychainOf(userDataDir), keychain);

  await test.step("a start without any keychain says what happened and touches nothing", async () => {
    const { anna, app } = await isSealed(launch, userDataDir, { keychain: false });
    await expect(anna.button(anna.words.protection.locked.useKit)).toHaveCount(0);
    await app.close();
    expect(readdirSync(ledgerOf(userDataDir))).toEqual(ledger);
  });

  const aside = await test.step("with another keychain a new notebook begins beside it", async () => {
    const { anna: sealed, app } = await isSealed(launch, userDataDir);
    const { protection } = sealed.words;
    await expect(sealed.page.getByText(protection.sealed.noKit)).toBeVisible();
    await sealed.button(protection.beside.begin).click();
    const replaced = app.app.waitForEvent("window");
    await sealed.button(protection.beside.yes).click();
    // The new notebook's store lies in another place, and the window with it.
    const anna = new Expert(await replaced);
    await anna.begin("Anna Weber");
    await addMeeting(anna, "New meeting beside");
    const [kept = ""] = readdirSync(userDataDir).filter((name) => name.startsWith("notebook.sealed-"));
    await expect(anna.page.getByText(anna.words.app.notebookSetAside.replace("{{folder}}", kept))).toBeVisible();
    expect(readdirSync(join(userDataDir, kept, "ledger-1"))).toEqual(ledger);
    await app.close();
    return join(userDataDir, kept);
  });

  await test.step("the old notebook, put back with its keychain, opens with everything", async () => {
    rmSync(notebookOf(userDataDir), { recursive: true });
    renameSync(aside, notebookOf(userDataDir));
    rmSync(keychainOf(userDataDir), { recursive: true });
    renameSync(keychain, keychainOf(userDataDir));
    const anna = new Expert((await launch({ userDataDir, keychain: true })).page);
    await anna.openMeeting("Sealed meeting");
    await expect(anna.entry("New meeting beside")).toHaveCount(0);
  });
});

/** Starts, and finds the screen that says that the keychain does not open the notebook and that nothing is lost. */
async function isSealed(
  launch: Launch,
  userDataDir: string,
  options: { readonly keychain: boolean } = { keychain: true },
): Promise<{ readonly anna: Expert; readonly app: RunningApp }> {
  const app = await launch({ userDataDir, ...options });
  const anna = new Expert(app.page);
  const { sealed } = anna.words.protection;
  await expect(anna.page.getByRole("heading", { name: sealed.title })).toBeVisible();
  await expect(anna.page.getByText(sealed.safe.replace("{{folder}}", userDataDir))).toBeVisible();
  await expect(anna.page.getByText("Sealed meeting")).toHaveCount(0);
  expect(existsSync(ledgerOf(userDataDir))).toBe(true);
  return { anna, app };
}
