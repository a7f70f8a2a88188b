// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { ContactsSection } from "../../../src-renderer/features/contacts/ContactsSection";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const open = (notebook: FakeNotebook = createFakeNotebook()): Screen =>
  renderScreen(<ContactsSection />, { section: "contacts", notebook });
const field = (name: string): HTMLInputElement => screen.getByRole("textbox", { name });
const onlyContact = (notebook: FakeNotebook) => {
  const contacts = notebook.all("contact");
  expect(contacts).toHaveLength(1);
  return contacts[0];
};
const rows = (): string[] =>
  within(screen.getByRole("listbox", { name: "Contacts" }))
    .getAllByRole("option")
    .map((row) => row.textContent);

async function choose(on: Screen, name: string): Promise<void> {
  await on.user.click(await screen.findByRole("option", { name: new RegExp(name) }));
  await screen.findByRole("textbox", { name: "Chinese name" });
}

describe("a new contact", () => {
  test("is stored with the first character typed, and never before", async () => {
    const { user, notebook } = open();
    await user.click(screen.getByRole("button", { name: "New contact" }));
    expect(document.activeElement).toBe(field("Chinese name"));
    await user.type(field("Latin name"), "  ");
    await user.tab();
    expect(notebook.edits).toEqual([]);

    await user.clear(field("Latin name"));
    await user.type(field("Latin name"), "S");
    await waitFor(() => expect(onlyContact(notebook)?.data.nameLatin).toBe("S"));
    await user.type(field("Latin name"), "han");
    await waitFor(() => expect(onlyContact(notebook)?.data.nameLatin).toBe("Shan"));
    expect(document.activeElement).toBe(field("Latin name"));
  });

  test("begun at an organisation has it from the first character on", async () => {
    const notebook = createFakeNotebook();
    notebook.put("organisation", "miit", { nameEn: "Ministry of Industry", level: "ministerial" });
    const { user, session, select } = open(notebook);
    const change = {
      op: "putItem",
      field: "posts",
      item: { id: "begun", organisationId: "organisation:miit" },
    } as const;
    act(() => {
      select("contact", session.begun.begin("contact", [change]));
    });
    await waitFor(() => expect(field("Organisation").value).toBe("Ministry of Industry"));
    await user.type(field("Job title"), "Director");
    await waitFor(() =>
      expect(onlyContact(notebook)?.data.posts).toEqual([
        { id: "begun", organisationId: "organisation:miit", title: "Director" },
      ]),
    );
  });

  test("without a name is kept, says that a name is wanted, and is listed as without one", async () => {
    const { user, notebook } = open();
    await user.click(screen.getByRole("button", { name: "New contact" }));
    await user.type(field("WeChat"), "shan88");
    await waitFor(() => expect(onlyContact(notebook)?.data.wechat).toBe("shan88"));
    expect(screen.getByText(/at least one of the two names/)).toBeTruthy();
    await waitFor(() => expect(rows()).toEqual(["No name yet"]));
    await user.type(field("Chinese name"), "单");
    await waitFor(() => expect(screen.queryByText(/at least one of the two names/)).toBeNull());
  });
});

test("a contact begun here and stored is shown later as any other, without taking the caret", async () => {
  const on = open();
  await on.user.click(screen.getByRole("button", { name: "New contact" }));
  await on.user.type(field("Latin name"), "Shan");
  await screen.findByRole("heading", { name: "Shan" });
  const id = on.selected("contact");
  act(() => {
    on.select("contact", undefined);
  });
  await screen.findByText("Choose a contact from the list, or add a new one.");
  act(() => {
    on.select("contact", id);
  });
  expect(screen.queryByRole("heading", { name: "New contact" })).toBeNull();
  await screen.findByRole("heading", { name: "Shan" });
  expect(document.activeElement).not.toBe(field("Chinese name"));
});

describe("pinyin", () => {
  const withReadings = (): FakeNotebook => {
    const notebook = createFakeNotebook();
    notebook.setReadings("单", ["Shàn", "Dān", "Chán"]);
    notebook.setReadings("单丽", ["Shàn Lì", "Dān Lì"]);
    return notebook;
  };

  test("is proposed from the Chinese name and follows it", async () => {
    const { user, notebook } = open(withReadings());
    await user.click(screen.getByRole("button", { name: "New contact" }));
    await user.type(field("Chinese name"), "单");
    await waitFor(() => expect(onlyContact(notebook)?.data.pinyin).toEqual({ value: "Shàn", source: "proposed" }));
    await user.type(field("Chinese name"), "丽");
    await waitFor(() => expect(onlyContact(notebook)?.data.pinyin).toEqual({ value: "Shàn Lì", source: "proposed" }));
    await waitFor(() => expect(field("Pinyin").value).toBe("Shàn Lì"));
  });

  test("once typed is never overwritten, and cleared returns to the proposal", async () => {
    const notebook = withReadings();
    notebook.put("contact", "a", { nameZh: "单", pinyin: { value: "Shàn", source: "proposed" } });
    const on = open(notebook);
    const { user } = on;
    await choose(on, "单");
    await user.clear(field("Pinyin"));
    await user.type(field("Pinyin"), "Chán");
    await user.type(field("Chinese name"), "丽");
    await waitFor(() => expect(notebook.stored("contact:a")?.data.nameZh).toBe("单丽"));
    expect(notebook.stored("contact:a")?.data.pinyin).toEqual({ value: "Chán", source: "typed" });

    await user.clear(field("Pinyin"));
    await user.tab();
    await waitFor(() =>
      expect(notebook.stored("contact:a")?.data.pinyin).toEqual({ value: "Shàn Lì", source: "proposed" }),
    );
    await waitFor(() => expect(field("Pinyin").value).toBe("Shàn Lì"));
  });

  test("typed on another computer meanwhile is not overwritten either", async () => {
    const notebook = withReadings();
    notebook.put("contact", "a", { nameZh: "单", pinyin: { value: "Shàn", source: "proposed" } });
    const on = open(notebook);
    await choose(on, "单");
    fireEvent.change(field("Chinese name"), { target: { value: "单丽" } });
    notebook.fromElsewhere({
      kind: "change",
      id: "contact:a",
      changes: [{ op: "set", field: "pinyin", value: { value: "Chán", source: "typed" } }],
    });
    await waitFor(() => expect(notebook.stored("contact:a")?.data.nameZh).toBe("单丽"));
    expect(notebook.stored("contact:a")?.data.pinyin).toEqual({ value: "Chán", source: "typed" });
  });

  test("typed on another computer after the proposal came back here is not overwritten", async () => {
    const notebook = withReadings();
    notebook.put("contact", "a", { nameZh: "单", pinyin: { value: "Chán", source: "typed" } });
    const on = open(notebook);
    await choose(on, "单");
    await on.user.clear(field("Pinyin"));
    await on.user.tab();
    await waitFor(() => expect(field("Pinyin").value).toBe("Shàn"));
    act(() => {
      notebook.fromElsewhere({
        kind: "change",
        id: "contact:a",
        changes: [{ op: "set", field: "pinyin", value: { value: "Dān", source: "typed" } }],
      });
    });
    await on.user.type(field("Chinese name"), "丽");
    await waitFor(() => expect(notebook.stored("contact:a")?.data.nameZh).toBe("单丽"));
    expect(notebook.stored("contact:a")?.data.pinyin).toEqual({ value: "Dān", source: "typed" });
  });

  test("offers the other readings of a surname", async () => {
    const notebook = withReadings();
    notebook.put("contact", "a", { nameZh: "单", pinyin: { value: "Shàn", source: "proposed" } });
    const on = open(notebook);
    await choose(on, "单");
    await on.user.click(await screen.findByRole("button", { name: "Other readings" }));
    await on.user.click(await screen.findByRole("menuitem", { name: "Dān" }));
    await waitFor(() => expect(notebook.stored("contact:a")?.data.pinyin).toEqual({ value: "Dān", source: "typed" }));
  });
});

describe("a contact on its form", () => {
  test("several lines of telephone numbers keep apart", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Shan", phones: [{ id: "1", value: "010-1" }] });
    const on = open(notebook);
    await choose(on, "Shan");
    await on.user.click(screen.getByRole("button", { name: "Another phone number" }));
    await on.user.type(field("Phone 2"), "139");
    await waitFor(() =>
      expect(notebook.stored("contact:a")?.data.phones.map((phone) => phone.value)).toEqual(["010-1", "139"]),
    );
    await on.user.clear(field("Phone"));
    await waitFor(() =>
      expect(notebook.stored("contact:a")?.data.phones.map((phone) => phone.value)).toEqual(["", "139"]),
    );
    expect(field("Phone 2").value).toBe("139");
  });

  test("what is typed is not lost when another contact is chosen at once", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    notebook.put("contact", "b", { nameLatin: "Bert" });
    const on = open(notebook);
    await choose(on, "Anna");
    fireEvent.change(field("Job title"), { target: { value: "Director" } });
    await choose(on, "Bert");
    expect(field("Job title").value).toBe("");
    await waitFor(() => expect(notebook.stored("contact:a")?.data.posts[0]?.title).toBe("Director"));
    expect(notebook.stored("contact:b")?.data.posts).toEqual([]);
  });

  test("nothing is saved while an input method composes", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    const on = open(notebook);
    await choose(on, "Anna");
    act(() => {
      field("Chinese name").focus();
    });
    fireEvent.compositionStart(field("Chinese name"));
    fireEvent.change(field("Chinese name"), { target: { value: "an'na" } });
    fireEvent.keyDown(field("Chinese name"), { key: "Escape", isComposing: true });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(notebook.edits).toEqual([]);
    expect(document.activeElement).toBe(field("Chinese name"));

    fireEvent.change(field("Chinese name"), { target: { value: "安娜" } });
    fireEvent.compositionEnd(field("Chinese name"));
    await waitFor(() => expect(notebook.stored("contact:a")?.data.nameZh).toBe("安娜"));
  });

  test("a text that is too long is refused in words and stays in the field", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    const on = open(notebook);
    await choose(on, "Anna");
    const long = "长".repeat(100_001);
    fireEvent.change(field("WeChat"), { target: { value: long } });
    expect((await screen.findAllByText(/the text is too long/)).length).toBeGreaterThan(0);
    expect(field("WeChat").value).toBe(long);
    fireEvent.change(field("WeChat"), { target: { value: long.slice(1) } });
    await waitFor(() => expect(notebook.stored("contact:a")?.data.wechat).toHaveLength(100_000));
    expect(screen.queryByText(/the text is too long/)).toBeNull();
  });

  test("a failed save keeps the text, says why and is tried again", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    const on = open(notebook);
    await choose(on, "Anna");
    notebook.failWith({ kind: "disk-full" });
    await on.user.type(field("WeChat"), "𠮷😀");
    expect((await screen.findAllByText(/the disk is full/)).length).toBeGreaterThan(0);
    notebook.failWith(null);
    await on.user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(notebook.stored("contact:a")?.data.wechat).toBe("𠮷😀"));
  });

  test("deleted elsewhere while open says so, keeps what is typed and can be restored", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    const on = open(notebook);
    await choose(on, "Anna");
    notebook.fromElsewhere({ kind: "delete", id: "contact:a" });
    await screen.findByText(/This record was deleted/);
    await on.user.type(field("WeChat"), "anna1");
    await waitFor(() => expect(notebook.stored("contact:a")?.data.wechat).toBe("anna1"));
    await on.user.click(screen.getByRole("button", { name: "Restore" }));
    await waitFor(() => expect(notebook.stored("contact:a")?.deletedAt).toBeUndefined());
    await waitFor(() => expect(screen.queryByText(/This record was deleted/)).toBeNull());
  });
});

describe("deleting a contact", () => {
  test("asks nothing, goes on to the neighbour and can be undone", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    notebook.put("contact", "b", { nameLatin: "Bert" });
    const on = open(notebook);
    await choose(on, "Anna");
    await on.user.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(notebook.stored("contact:a")?.deletedAt).toBeDefined());
    await waitFor(() => expect(on.selected("contact")).toBe("contact:b"));
    await waitFor(() => expect(rows()).toEqual(["Bert"]));
    await on.user.click(await screen.findByRole("button", { name: "Put back" }));
    await waitFor(() => expect(notebook.stored("contact:a")?.deletedAt).toBeUndefined());
    await waitFor(() => expect(rows()).toEqual(["Anna", "Bert"]));
  });
});

describe("the list and its keys", () => {
  test("Enter goes on to the first field, Esc comes back", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    const on = open(notebook);
    await choose(on, "Anna");
    const list = screen.getByRole("listbox", { name: "Contacts" });
    list.focus();
    await on.user.keyboard("{Enter}");
    expect(document.activeElement).toBe(field("Chinese name"));
    await on.user.keyboard("{Escape}");
    expect(document.activeElement).toBe(list);
  });

  test("shows the meetings with the chosen person", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "a", { nameLatin: "Anna" });
    notebook.put("meeting", "m", {
      title: "Kick-off",
      startsAt: "2026-11-22T23:30:00.000Z",
      attendees: [{ id: "1", contactId: "contact:a" }],
    });
    const on = open(notebook);
    await choose(on, "Anna");
    await on.user.click(await screen.findByRole("button", { name: /23 Nov 2026.*Kick-off/ }));
    expect(on.section()).toBe("meetings");
    expect(on.selected("meeting")).toBe("meeting:m");
  });
});
