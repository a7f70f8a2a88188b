// @vitest-environment happy-dom
import { act, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { HistoryButtons } from "../../../src-renderer/app/HistoryButtons";
import { useHistoryCommand } from "../../../src-renderer/app/useHistory";
import { useKeys } from "../../../src-renderer/app/useKeys";
import { useMain } from "../../../src-renderer/platform/bridge";
import { useLooks } from "../../../src-renderer/platform/looks";
import { useNavigation } from "../../../src-renderer/platform/navigation";
import { focusedHistory } from "../../../src-renderer/platform/ownHistory";
import { useFieldDraft } from "../../../src-renderer/platform/useFieldDraft";
import { useRow } from "../../../src-renderer/platform/useRows";
import { TextField } from "../../../src-renderer/ui/TextField";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const WANG = "contact:wang";

/** The window's buttons and keys, with one field of one contact. */
function SmallWindow(): ReactNode {
  const [, looks] = useLooks();
  const navigation = useNavigation();
  const history = useHistoryCommand(navigation);
  useKeys({
    main: useMain(),
    looks,
    go: navigation.go,
    createNew: () => undefined,
    history,
    showShortcuts: () => undefined,
    review: () => undefined,
    lock: () => undefined,
  });
  const row = useRow(WANG);
  const value = row?.type === "contact" ? (row.nameLatin ?? "") : "";
  const draft = useFieldDraft({
    id: WANG,
    field: "nameLatin",
    value,
    edit: (text) => ({ kind: "change", id: WANG, changes: [{ op: "set", field: "nameLatin", value: text }] }),
  });
  return (
    <>
      <HistoryButtons onPress={history} />
      <TextField label="Name" {...draft} />
      <button type="button">elsewhere</button>
    </>
  );
}

function open(language: "en" | "zh-CN" = "en"): Screen & { readonly notebook: FakeNotebook } {
  const notebook = createFakeNotebook();
  notebook.put("contact", "wang", { nameZh: "王伟", nameLatin: "Wang Wei" });
  return renderScreen(<SmallWindow />, { section: "meetings", notebook, language });
}

const button = (name: string): HTMLElement => screen.getByRole("button", { name });
const isOff = (name: string): boolean => button(name).getAttribute("aria-disabled") === "true";
const nameOf = (notebook: FakeNotebook): string | undefined => notebook.stored(WANG)?.data.nameLatin;

describe("Undo and Redo", () => {
  it("are there from the start, and off while there is nothing to undo", () => {
    open();
    expect([isOff("Undo"), isOff("Redo")]).toEqual([true, true]);
  });

  it("take a deletion back, show the record in its section, and say so politely", async () => {
    const { notebook, user, section, selected } = open();
    await notebook.request("edit", { edit: { kind: "delete", id: WANG } });
    await waitFor(() => {
      expect(isOff("Undo")).toBe(false);
    });
    await user.click(button("Undo"));
    expect((await screen.findByText("Undone: delete Wang Wei.")).closest("[role]")?.getAttribute("role")).toBe(
      "status",
    );
    expect(notebook.stored(WANG)?.deletedAt).toBeUndefined();
    expect([section(), selected("contact")]).toEqual(["contacts", WANG]);
    await waitFor(() => {
      expect(isOff("Redo")).toBe(false);
    });
    await user.click(button("Redo"));
    await screen.findByText("Done again: delete Wang Wei.");
    expect(notebook.stored(WANG)?.deletedAt).toBeDefined();
    expect(selected("contact")).toBeUndefined();
  });

  it("speak Chinese where the interface does", async () => {
    const { notebook, user } = open("zh-CN");
    await notebook.request("edit", { edit: { kind: "delete", id: WANG } });
    await waitFor(() => {
      expect(isOff("撤销")).toBe(false);
    });
    await user.click(button("撤销"));
    await screen.findByText("已撤销：删除“王伟”。");
  });

  it("save what is typed first, so that it is what gets undone", async () => {
    const { notebook, user } = open();
    const field = await screen.findByDisplayValue<HTMLInputElement>("Wang Wei");
    await user.type(field, "guo");
    // Nothing to undo is known of yet: the typing is not saved. A person's key is taken all the same.
    await user.click(button("elsewhere"));
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => {
      expect(nameOf(notebook)).toBe("Wang Wei");
      expect(field.value).toBe("Wang Wei");
    });
    await user.keyboard("{Control>}y{/Control}");
    await waitFor(() => {
      expect(nameOf(notebook)).toBe("Wang Weiguo");
    });
  });

  it("by key are the field's own while something was typed there", async () => {
    const { notebook, user } = open();
    await user.type(await screen.findByDisplayValue("Wang Wei"), "guo");
    await waitFor(() => {
      expect(nameOf(notebook)).toBe("Wang Weiguo");
    });
    const press = new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(press);
    expect(press.defaultPrevented).toBe(false);
    expect(notebook.requests).not.toContain("undo");
  });

  it("by key leave alone what an input method composes", async () => {
    const { notebook } = open();
    const field = await screen.findByDisplayValue("Wang Wei");
    await notebook.request("edit", { edit: { kind: "delete", id: WANG } });
    field.focus();
    const press = new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, isComposing: true });
    field.dispatchEvent(press);
    expect(notebook.requests).not.toContain("undo");
  });

  it("are the note's while it has the focus and something was done in it", async () => {
    const { notebook, user } = open();
    await notebook.request("edit", { edit: { kind: "delete", id: WANG } });
    const done: string[] = [];
    const note = {};
    act(() => {
      focusedHistory.enter(note, {
        canUndo: true,
        canRedo: false,
        undo: () => done.push("undo"),
        redo: () => done.push("redo"),
      });
    });
    expect([isOff("Undo"), isOff("Redo")]).toEqual([false, true]);
    await user.click(button("Undo"));
    expect(done).toEqual(["undo"]);
    expect(notebook.stored(WANG)?.deletedAt).toBeDefined();
    act(() => {
      focusedHistory.leave(note);
    });
    await user.click(button("Undo"));
    await waitFor(() => {
      expect(notebook.stored(WANG)?.deletedAt).toBeUndefined();
    });
  });

  it("say why a step cannot be taken back", async () => {
    const { notebook, user } = open();
    await notebook.request("edit", { edit: { kind: "delete", id: WANG } });
    await waitFor(() => {
      expect(isOff("Undo")).toBe(false);
    });
    notebook.failWith({ kind: "disk-full" });
    await user.click(button("Undo"));
    const message = await screen.findByText(/^Not undone: the disk is full/);
    expect(message.closest("[role]")?.getAttribute("role")).toBe("alert");
  });
});
