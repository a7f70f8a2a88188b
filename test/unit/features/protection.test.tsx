// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { ProtectionGate } from "../../../src-renderer/features/protection/ProtectionGate";
import { ProtectionReminder } from "../../../src-renderer/features/protection/ProtectionReminder";
import { ProtectionSettings } from "../../../src-renderer/features/protection/ProtectionSettings";
import { MainContext } from "../../../src-renderer/platform/bridge";
import { useKeysState } from "../../../src-renderer/platform/useKeysState";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { keysMain, type Computer, type KeysMain } from "../../support/keysMain";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

const PASSPHRASE = "rain on a tin roof";
const done = { ok: true, value: null };

const running: KeysMain[] = [];
afterEach(async () => {
  cleanup();
  await Promise.all(running.splice(0).map((main) => main.remove()));
});

async function computer(options: Computer): Promise<KeysMain> {
  const main = await keysMain(options);
  running.push(main);
  return main;
}

/** A notebook on a computer without a keychain, opened by the passphrase. */
async function withPassphrase(): Promise<KeysMain> {
  const main = await computer({ keychain: null });
  expect(await main.holder.begin(PASSPHRASE)).toEqual(done);
  return main;
}

async function wordsOfKit(main: KeysMain): Promise<string> {
  const made = await main.holder.makeKit();
  if (!made.ok) throw new Error(made.failure.kind);
  return made.value.words;
}

function show(main: KeysMain, children: ReactNode, notebook = createFakeNotebook()): Screen {
  return renderScreen(<MainContext value={main.client}>{children}</MainContext>, { section: "settings", notebook });
}

/** The window: the notebook where it is open. */
function Gate(): ReactNode {
  const state = useKeysState();
  if (state?.kind === "open") return <h1>{`open by ${state.protection}`}</h1>;
  return state && <ProtectionGate state={state} folder="/home/wei/Qiao" />;
}

const button = (name: string | RegExp): HTMLElement => screen.getByRole("button", { name });
const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
/** Pastes text into the field, since typing key by key takes the test a second a line; Enter where it ends so. */
async function fill(user: Screen["user"], label: string, text: string): Promise<void> {
  await user.clear(field(label));
  await user.click(field(label));
  await user.paste(text.replace("{Enter}", ""));
  if (text.endsWith("{Enter}")) await user.keyboard("{Enter}");
}
const isOpenBy = async (protection: string): Promise<void> => {
  await screen.findByRole("heading", { name: `open by ${protection}` });
};
const isSaid = async (text: string | RegExp): Promise<void> => {
  await waitFor(() => {
    expect(screen.getAllByRole("alert").map(({ textContent }) => textContent)).toContainEqual(
      typeof text === "string" ? text : expect.stringMatching(text),
    );
  });
};

describe("a new notebook where the system has no keychain", () => {
  it("is protected by a passphrase that is typed twice and is not too short", async () => {
    const main = await computer({ keychain: null });
    const { user } = show(main, <Gate />);
    await user.type(await screen.findByLabelText("Passphrase"), "rain");
    expect(screen.getByText("Too short: at least 8 characters.")).toBeTruthy();
    await user.click(button("Protect with passphrase"));
    await screen.findByText("The passphrase needs at least 8 characters.");
    await user.type(field("Passphrase"), " on a tin roof");
    await fill(user, "Repeat passphrase", "rain on a tin rof");
    await user.click(button("Protect with passphrase"));
    await screen.findByText("The two are not the same. Type the passphrase again.");
    expect(main.asked("keys:begin")).toEqual([]);
    await user.clear(field("Repeat passphrase"));
    await fill(user, "Repeat passphrase", `${PASSPHRASE}{Enter}`);
    await isOpenBy("passphrase");
    expect((await main.restarted({ keychain: null })).holder.state()).toEqual({ kind: "locked", kit: false });
  });

  it("is left unprotected only by someone who reads what that means", async () => {
    const main = await computer({ keychain: null });
    const { user } = show(main, <Gate />);
    expect(await screen.findByText(/anyone who can use this computer.* can read every contact/)).toBeTruthy();
    await user.click(button("Continue without protection"));
    await isOpenBy("none");
  });

  it("asks browsers and dictionaries to leave the passphrase alone", async () => {
    show(await computer({ keychain: null }), <Gate />);
    const typed = await screen.findByLabelText<HTMLInputElement>("Passphrase");
    expect([typed.type, typed.autocomplete, typed.getAttribute("spellcheck")]).toEqual([
      "password",
      "new-password",
      "false",
    ]);
  });
});

describe("a locked notebook", () => {
  it("keeps what was typed after a wrong attempt, says how long to wait, and opens after that", async () => {
    const main = await (await withPassphrase()).restarted();
    const { user } = show(main, <Gate />);
    const typed = await screen.findByLabelText<HTMLInputElement>("Passphrase");
    expect(document.activeElement).toBe(typed);
    await user.type(typed, "rain on a tin");
    await user.click(button("Unlock"));
    await isSaid("This is not the passphrase.");
    expect([typed.value, document.activeElement]).toEqual(["rain on a tin", typed]);
    expect(screen.getByRole("timer").textContent).toBe("The next attempt is possible in 1 second.");
    expect(button("Unlock")).toHaveProperty("disabled", true);
    // Nothing is asked before the time.
    await user.type(typed, " roof{Enter}");
    expect(main.asked("keys:unlock")).toHaveLength(1);
    await waitFor(() => {
      expect(screen.queryByRole("timer")).toBeNull();
    });
    await user.type(typed, "{Enter}");
    await isOpenBy("passphrase");
  });

  it("is not opened by the Enter that ends a composition", async () => {
    const main = await (await withPassphrase()).restarted();
    const { user } = show(main, <Gate />);
    const typed = await screen.findByLabelText("Passphrase");
    await user.type(typed, "rain");
    fireEvent.keyDown(typed, { key: "Enter", keyCode: 229 });
    fireEvent.keyDown(typed, { key: "Enter", isComposing: true });
    expect(main.asked("keys:unlock")).toEqual([]);
    fireEvent.keyDown(typed, { key: "Enter", keyCode: 13 });
    await isSaid("This is not the passphrase.");
  });

  it("tells of what may make the passphrase another one: Caps Lock, full-width letters", async () => {
    const main = await (await withPassphrase()).restarted();
    const { user } = show(main, <Gate />);
    const typed = await screen.findByLabelText<HTMLInputElement>("Passphrase");
    await user.keyboard("{CapsLock}a");
    expect(screen.getByText("Caps Lock is on.")).toBeTruthy();
    await user.keyboard("{CapsLock}b");
    expect(screen.queryByText("Caps Lock is on.")).toBeNull();
    await user.type(typed, "ｒａｉｎ");
    expect(screen.getByText(/full-width letters/)).toBeTruthy();
    await user.click(button("Show what is typed"));
    expect(typed.type).toBe("text");
  });

  it("opens by the words of its kit, and then asks for the new passphrase", async () => {
    const first = await withPassphrase();
    const words = (await wordsOfKit(first)).split(" ");
    const main = await first.restarted();
    const { user } = show(main, <Gate />);
    await user.click(await screen.findByRole("button", { name: "Use the recovery kit" }));
    await fill(user, "Words of the recovery kit", words.slice(0, 11).join(" "));
    expect(screen.getByText("11 of 12 words")).toBeTruthy();
    await user.click(button("Open the notebook"));
    await isSaid("There are 11 words; the sheet has 12.");
    // As numbered on the sheet, in capitals.
    await fill(
      user,
      "Words of the recovery kit",
      words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join(" "),
    );
    await fill(user, "New passphrase", "another one entirely");
    await fill(user, "Repeat passphrase", "another one entirely{Enter}");
    await isOpenBy("passphrase");
    const again = await main.restarted();
    expect(await again.holder.unlock("another one entirely")).toEqual(done);
  });

  it("names the word that is misspelt", async () => {
    const first = await withPassphrase();
    const words = (await wordsOfKit(first)).split(" ");
    const main = await first.restarted();
    const { user } = show(main, <Gate />);
    await user.click(await screen.findByRole("button", { name: "Use the recovery kit" }));
    await fill(user, "Words of the recovery kit", words.with(4, "brigde").join(" "));
    await fill(user, "New passphrase", PASSPHRASE);
    await fill(user, "Repeat passphrase", `${PASSPHRASE}{Enter}`);
    await isSaid("Word 5 is misspelt: it is not in the list of words. Compare it with the sheet.");
  });
});

describe("a notebook that the keychain does not open", () => {
  it("is tried again, and opened by its kit for the keychain that is there now", async () => {
    const first = await computer({ keychain: "former" });
    const words = await wordsOfKit(first);
    const main = await first.restarted({ keychain: "new" });
    const { user } = show(main, <Gate />);
    await screen.findByRole("heading", { name: "This computer’s keychain does not open the notebook" });
    expect(screen.getByText(/Nothing is lost or changed\. The notebook lies in \/home\/wei\/Qiao/)).toBeTruthy();
    await user.click(button("Try again"));
    await isSaid(/no keychain that could/);
    await user.click(button("Use the recovery kit"));
    await fill(user, "Words of the recovery kit", `${words}{Enter}`);
    await isOpenBy("keychain");
  });

  it("asks for a passphrase where no keychain is there to protect it after the kit", async () => {
    const first = await computer({ keychain: "former" });
    const words = await wordsOfKit(first);
    const main = await first.restarted({ keychain: null });
    const { user } = show(main, <Gate />);
    await user.click(await screen.findByRole("button", { name: "Use the recovery kit" }));
    await fill(user, "Words of the recovery kit", `${words}{Enter}`);
    await isSaid("This system has no keychain that could protect the notebook. Use a passphrase.");
    await fill(user, "New passphrase", PASSPHRASE);
    await fill(user, "Repeat passphrase", `${PASSPHRASE}{Enter}`);
    await isOpenBy("passphrase");
  });

  it("is put aside for a new one, once that is confirmed", async () => {
    const main = await (await computer({ keychain: "former" })).restarted({ keychain: "new" });
    const { user } = show(main, <Gate />);
    await screen.findByText(/No recovery kit was made for this notebook/);
    await user.click(button("Begin a new notebook beside it"));
    expect(main.asked("notebook:set-aside")).toEqual([]);
    await user.click(button("Move aside and begin"));
    await isOpenBy("keychain");
  });
});

describe("the passphrase in Settings", () => {
  it("is set, changed and removed, each time with the one in force", async () => {
    const main = await computer({ keychain: "usual" });
    const { user } = show(main, <ProtectionSettings />);
    await user.click(await screen.findByRole("button", { name: "Set passphrase" }));
    await fill(user, "New passphrase", PASSPHRASE);
    await fill(user, "Repeat passphrase", `${PASSPHRASE}{Enter}`);
    await screen.findByText("The passphrase is set.");

    await user.click(button("Change passphrase"));
    await fill(user, "Current passphrase", "not this one");
    await fill(user, "New passphrase", "snow on a tin roof");
    await fill(user, "Repeat passphrase", "snow on a tin roof{Enter}");
    await isSaid("This is not the passphrase.");
    await waitFor(() => {
      expect(screen.queryByRole("timer")).toBeNull();
    });
    await fill(user, "Current passphrase", PASSPHRASE);
    await user.click(button("Save passphrase"));
    await screen.findByText("The passphrase is changed.");

    await user.click(button("Remove passphrase"));
    await fill(user, "Current passphrase", "snow on a tin roof");
    await user.click(button("Remove it now"));
    await screen.findByText("The passphrase is removed.");
    expect(main.holder.state()).toMatchObject({ protection: "keychain" });
  });

  it("is removed without a keychain only by someone who says that this is known", async () => {
    const main = await withPassphrase();
    const { user } = show(main, <ProtectionSettings />);
    await user.click(await screen.findByRole("button", { name: "Remove passphrase" }));
    await fill(user, "Current passphrase", `${PASSPHRASE}{Enter}`);
    expect(main.asked("keys:set-passphrase")).toEqual([]);
    expect(button("Remove it now")).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("checkbox", { name: "I know that the notebook will not be protected" }));
    await user.click(button("Remove it now"));
    await screen.findByText(/The notebook is not protected/);
    expect(main.holder.state()).toMatchObject({ protection: "none" });
  });

  it("is what locking needs; the time is remembered", async () => {
    const main = await computer({ keychain: "usual" });
    const { user } = show(main, <ProtectionSettings />);
    expect(await screen.findByRole("button", { name: "Lock now" })).toHaveProperty("disabled", true);
    await main.holder.setPassphrase({ current: null, next: PASSPHRASE, unprotected: false });
    await waitFor(() => {
      expect(button("Lock now")).toHaveProperty("disabled", false);
    });
    const after = screen.getByRole<HTMLSelectElement>("combobox", { name: "Lock when unused for" });
    expect(after.value).toBe("10");
    await user.selectOptions(after, "Never");
    expect(main.asked("settings:change")).toEqual([{ lockAfterMinutes: null }]);
    main.answer("keys:lock", () => ({ ok: false, failure: { kind: "not-saved" } }));
    await user.click(button("Lock now"));
    await screen.findByText(/Something typed could not be saved, so the notebook stays open/);
  });
});

describe("the recovery kit", () => {
  it("is shown once, and its words are nowhere in the page after that", async () => {
    const main = await computer({ keychain: "usual" });
    const { user } = show(main, <ProtectionSettings />);
    await user.click(await screen.findByRole("button", { name: "Make recovery kit" }));
    const dialog = await screen.findByRole("dialog", { name: "Your recovery kit" });
    const words = within(dialog)
      .getAllByRole("listitem")
      .slice(0, 12)
      .map(({ textContent }) => textContent);
    expect(within(dialog).getByRole("img", { name: "The same words as a QR code" })).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(screen.getByRole("dialog", { name: "Your recovery kit" })).toBeTruthy();
    await user.click(button("I have the sheet"));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect(document.documentElement.innerHTML).not.toContain(words.join("</li><li>"));
    expect(words.filter((word) => document.documentElement.innerHTML.includes(`>${word}<`))).toEqual([]);
    expect(await main.holder.rehearse(words.join(" "))).toEqual(done);
  });

  it("is printed and saved by main, which shows the sheet alone", async () => {
    const main = await computer({ keychain: "usual" });
    main.answer("page:print", () => null);
    main.answer("page:save-pdf", () => ({ ok: true, value: { path: "/media/stick/kit.pdf" } }));
    const { user } = show(main, <ProtectionSettings />);
    await user.click(await screen.findByRole("button", { name: "Make recovery kit" }));
    await user.click(await screen.findByRole("button", { name: "Print" }));
    expect(main.asked("page:print")).toHaveLength(1);
    await user.click(button("Save as PDF"));
    await screen.findByText(/^Saved as \/media\/stick\/kit\.pdf\./);
    main.answer("page:save-pdf", () => ({
      ok: false,
      failure: { kind: "not-written", path: "/media/stick/kit.pdf", detail: "ENOSPC" },
    }));
    await user.click(button("Save as PDF"));
    await screen.findByText("Not saved as /media/stick/kit.pdf (ENOSPC). Choose another place.");
  });

  it("is tried with wrong and right words, and it is shown when", async () => {
    const main = await computer({ keychain: "usual" });
    const former = await wordsOfKit(main);
    const words = await wordsOfKit(main);
    const { user } = show(main, <ProtectionSettings />);
    await screen.findByText(/Not tried yet/);
    await user.click(button("Try the sheet"));
    await fill(user, "Words of the recovery kit", `${former}{Enter}`);
    await isSaid("These words belong to another notebook or to an earlier kit.");
    await waitFor(() => {
      expect(screen.queryByRole("timer")).toBeNull();
    });
    await fill(user, "Words of the recovery kit", `${words}{Enter}`);
    await isSaid("The words are right: this sheet opens the notebook. Put it back in its place.");
    expect(screen.getByText(/Last tried/)).toBeTruthy();
  });

  it("made anew says first that the former sheet stops working", async () => {
    const main = await computer({ keychain: "usual" });
    await wordsOfKit(main);
    const { user } = show(main, <ProtectionSettings />);
    await screen.findByText(/Not tried yet/);
    await user.click(button("Make recovery kit"));
    await screen.findByRole("dialog", { name: "A new sheet replaces the former one" });
    expect(main.asked("keys:make-kit")).toEqual([]);
    await user.click(button("Make new sheet"));
    await screen.findByRole("dialog", { name: "Your recovery kit" });
  });
});

describe("the key", () => {
  it("is changed with the passphrase; no kit is made meanwhile, and the progress is told", async () => {
    const main = await withPassphrase();
    const { user } = show(main, <ProtectionSettings />);
    await user.click(await screen.findByRole("button", { name: "Change the key" }));
    await fill(user, "Current passphrase", `${PASSPHRASE}{Enter}`);
    await screen.findByText("Preparing…");
    act(() => {
      main.holder.rotationProgress({ done: 1200, total: 3000 });
    });
    await screen.findByText("Encrypted anew: 1,200 of 3,000");
    expect(button("Make recovery kit")).toHaveProperty("disabled", true);
  });
});

describe("erasing", () => {
  it("says what goes and what is lost, and waits for the word", async () => {
    const main = await computer({ keychain: "usual" });
    main.answer("notebook:erase", () => ({ ok: true, value: null }));
    const notebook = createFakeNotebook();
    notebook.setSyncStatus({ kind: "offline", waiting: 3, retryAt: null });
    const { user } = show(main, <ProtectionSettings />, notebook);
    await user.click(await screen.findByRole("button", { name: "Erase notebook" }));
    const dialog = await screen.findByRole("dialog", { name: "Erase the notebook from this computer?" });
    within(dialog).getByText(/moved aside .* go as well/);
    await within(dialog).findByText(/^3 records are not on the server yet/);
    const typed = within(dialog).getByRole("textbox");
    await user.type(typed, "eras{Enter}");
    expect(button("Erase for good")).toHaveProperty("disabled", true);
    expect(main.asked("notebook:erase")).toEqual([]);
    await user.type(typed, "e{Enter}");
    await waitFor(() => {
      expect(main.asked("notebook:erase")).toHaveLength(1);
    });
  });
});

describe("the reminder", () => {
  it("stays until there is a kit, and leads to it", async () => {
    const main = await computer({ keychain: "usual" });
    const shown = show(main, <ProtectionReminder />);
    const text = "Losing the keychain loses the notebook: make a recovery kit";
    await shown.user.click(await screen.findByRole("button", { name: text }));
    expect([shown.section(), shown.part()]).toEqual(["settings", "protection"]);
    await act(() => wordsOfKit(main));
    await waitFor(() => {
      expect(screen.queryByRole("button")).toBeNull();
    });
  });

  it("is silent with a passphrase, and says of an unprotected notebook that it is so", async () => {
    const main = await computer({ keychain: null });
    await main.holder.begin(null);
    show(main, <ProtectionReminder />);
    await screen.findByRole("button", { name: "Not protected" });
    await act(() => main.holder.setPassphrase({ current: null, next: PASSPHRASE, unprotected: false }));
    await waitFor(() => {
      expect(screen.queryByRole("button")).toBeNull();
    });
  });
});
