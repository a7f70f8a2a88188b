// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { HistoryDialog } from "../../../src-renderer/features/history/HistoryDialog";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

interface Shown extends Screen {
  readonly onClose: ReturnType<typeof vi.fn>;
  readonly onTakeBack: ReturnType<typeof vi.fn>;
}

function show(notebook: FakeNotebook, id: RecordId, language: "en" | "zh-CN" = "en"): Shown {
  const [onClose, onTakeBack] = [vi.fn(), vi.fn()];
  const shown = renderScreen(
    <HistoryDialog id={id} opened onClose={onClose} onClosed={() => undefined} onTakeBack={onTakeBack} />,
    { section: "contacts", notebook, language },
  );
  return { ...shown, onClose, onTakeBack };
}

function change(notebook: FakeNotebook, id: RecordId, field: string, value: unknown): void {
  notebook.fromElsewhere({ kind: "change", id, changes: [{ op: "set", field, value }] });
}

function filled(): FakeNotebook {
  const notebook = createFakeNotebook();
  notebook.put("author", "me", { name: "Anna Weber" });
  notebook.put("organisation", "samr", { level: "ministerial", nameEn: "Market Regulation", nameZh: "市场监管总局" });
  notebook.put("contact", "shan", { nameZh: "单磊", nameLatin: "Leo Shan" });
  change(notebook, "contact:shan", "posts", [{ id: "1", title: "处长" }]);
  change(notebook, "contact:shan", "posts", [{ id: "1", title: "副司长" }]);
  change(notebook, "contact:shan", "posts", [{ id: "1", title: "副司长", organisationId: "organisation:samr" }]);
  return notebook;
}

const options = (): readonly string[] => screen.getAllByRole("option").map(({ textContent }) => textContent);
const row = (name: string): HTMLElement => {
  const header = screen.getByRole("rowheader", { name });
  const found = header.closest("tr");
  if (!found) throw new Error("no row");
  return found;
};

describe("the history of a record", () => {
  it("lists what changed, newest first, with who and where, and names references", async () => {
    show(filled(), "contact:shan");
    await screen.findByRole("dialog", { name: "History of Leo Shan" });
    await screen.findByRole("listbox", { name: "Versions" });
    expect(options()).toHaveLength(4);
    expect(options()[0]).toMatch(/Changed: Organisation.*Anna Weber.*another computer \(else\)/);
    expect(options()[1]).toMatch(/Job title: 处长 → 副司长/);
    expect(options()[3]).toMatch(/Came from another computer/);
    expect(await within(row("Organisation")).findByText("Market Regulation")).toBeTruthy();
  });

  it("names the computer as its author does, by its number until then, in the reader's language", async () => {
    const notebook = filled();
    show(notebook, "contact:shan", "zh-CN");
    await screen.findAllByText("另一台电脑（else）");
    const put = (item: object): void => {
      const changes = [{ op: "putItem" as const, field: "devices", item: { id: "elsewhere", ...item } }];
      notebook.fromElsewhere({ kind: "change", id: "author:me", changes });
    };
    put({ number: 2 });
    expect(await screen.findAllByText("电脑 2")).not.toHaveLength(0);
    put({ name: "Laptop, Brussels" });
    expect(await screen.findAllByText("Laptop, Brussels")).not.toHaveLength(0);
    expect(options()[0]).toMatch(/Anna Weber.*Laptop, Brussels/);
    expect(screen.queryByText(/^电脑/)).toBeNull();
  });

  it("compares with the one before and with what is there now", async () => {
    const { user } = show(filled(), "contact:shan");
    await user.click(await screen.findByRole("option", { name: /处长 → 副司长/ }));
    await waitFor(() => {
      expect(row("Job title").querySelector("del")?.textContent).toBe("处");
    });
    expect([...row("Job title").querySelectorAll("ins")].map(({ textContent }) => textContent)).toEqual(["副司"]);
    await user.click(screen.getByRole("radio", { name: "what is there now" }));
    await screen.findByRole("rowheader", { name: "Organisation" });
    expect(screen.getByRole("columnheader", { name: "Now" })).toBeTruthy();
  });

  it("is walked by the keys of a list, whose end is the oldest", async () => {
    const { user } = show(filled(), "contact:shan");
    await waitFor(() => {
      expect(document.activeElement?.getAttribute("role")).toBe("listbox");
    });
    await user.keyboard("{End}");
    expect(screen.getByRole("option", { selected: true }).textContent).toMatch(/Came from/);
    await user.keyboard("{ArrowUp}");
    expect(screen.getByRole("option", { selected: true }).textContent).toMatch(/Job title: 处长/);
  });

  it("restores, closes, says so and offers the way back until something else is done", async () => {
    const notebook = filled();
    const { user, onClose, onTakeBack } = show(notebook, "contact:shan");
    await user.click(await screen.findByRole("option", { name: /Job title: 处长[^→]*$/ }));
    await user.click(await screen.findByRole("button", { name: "Restore this version" }));
    await screen.findByText(/The version of 22 Nov 2026, 09:\d\d is back\./);
    expect(onClose).toHaveBeenCalledOnce();
    expect(notebook.stored("contact:shan")?.data.posts).toEqual([{ id: "1", title: "处长" }]);
    await user.click(screen.getByRole("button", { name: "Take it back" }));
    expect(onTakeBack).toHaveBeenCalledOnce();
    await notebook.request("undo", {});
    await waitFor(() => {
      expect(screen.queryByText(/is back\./)).toBeNull();
    });
  });

  it("says why a version is not to be restored: it is what is there, or a newer version wrote the record", async () => {
    const notebook = filled();
    const { user } = show(notebook, "contact:shan");
    await screen.findByText("This is what is there now.");
    expect(screen.getByRole("button", { name: "Restore this version" })).toHaveProperty("disabled", true);
    notebook.versionsOf("contact:shan").addNewer("2026-11-22T05:00:00.000Z");
    notebook.setNewer("contact:shan");
    await screen.findByRole("option", { name: /Written by a newer version/ });
    await user.click(screen.getByRole("option", { name: /处长 → 副司长/ }));
    await screen.findByText(/cannot be changed here, since a newer version/);
    await user.click(screen.getByRole("option", { name: /Written by a newer version/ }));
    await screen.findByText(/update Qiao to compare it/);
  });

  it("of one in the bin says what deleting did and what restoring does, to the record and to its note", async () => {
    const notebook = filled();
    notebook.writeNote("contact:shan", "Met in Beijing.");
    notebook.writeNote("contact:shan", "Met in Brussels.", { at: "2026-11-22T03:00:00.000Z" });
    notebook.fromElsewhere({ kind: "delete", id: "contact:shan" });
    const { user } = show(notebook, "contact:shan");
    await screen.findByText("It was moved to the bin; its values stayed as they were.");
    const restore = (): HTMLElement => screen.getByRole("button", { name: "Restore this version" });
    await screen.findByText("It then comes out of the bin.");
    expect(restore()).toHaveProperty("disabled", false);
    await user.click(screen.getByRole("option", { name: /Changed: Organisation/ }));
    await user.click(screen.getByRole("radio", { name: "what is there now" }));
    await screen.findByText("Its values have not changed since, but it is in the bin now.");
    await user.click(screen.getByRole("option", { name: /Met in Beijing/ }));
    await screen.findByText("Only the note: the record stays in the bin.");
    await user.click(screen.getByRole("option", { name: /Deleted/ }));
    await screen.findByText("It then comes out of the bin.");
    await user.click(restore());
    await waitFor(() => {
      expect(notebook.stored("contact:shan")?.deletedAt).toBeUndefined();
    });
  });

  it("names the field that does not fit any more", async () => {
    const notebook = filled();
    const { user, onClose } = show(notebook, "contact:shan");
    await user.click(await screen.findByRole("option", { name: /处长 → 副司长/ }));
    notebook.failWith({ kind: "invalid", field: "wechat", detail: "too odd" });
    await user.click(await screen.findByRole("button", { name: "Restore this version" }));
    expect((await screen.findByRole("alert")).textContent).toMatch(/Not restored, WeChat: .*too odd/);
    expect(onClose).not.toHaveBeenCalled();
  });

  it("teaches what it is for while a shipped record is as it comes", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("organisation", "samr", { level: "ministerial", nameEn: "Market Regulation" });
    show(notebook, "organisation:samr");
    await screen.findByText("No changes yet");
    expect(screen.getByText(/as it comes with Qiao/)).toBeTruthy();
  });

  it("goes back to how a record ships, and says so", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("organisation", "samr", { level: "ministerial", nameEn: "Market Regulation" });
    change(notebook, "organisation:samr", "website", "https://x.example");
    const { user } = show(notebook, "organisation:samr");
    await user.click(await screen.findByRole("option", { name: /As it comes with Qiao/ }));
    await user.click(await screen.findByRole("button", { name: "Restore this version" }));
    await screen.findByText("It is as it comes with Qiao again.");
    expect(notebook.stored("organisation:samr")?.data.website).toBeUndefined();
  });

  it("says what it begins with where older changes are no longer kept", async () => {
    const notebook = filled();
    notebook.versionsOf("contact:shan").dropBefore("2026-08-24T01:00:00.000Z");
    show(notebook, "contact:shan");
    await screen.findByText("What was before 24 Aug 2026 is no longer kept.");
  });

  it("keeps only what is on screen of a thousand versions", async () => {
    const notebook = createFakeNotebook();
    notebook.put("contact", "shan", { nameZh: "单磊" });
    for (let index = 0; index < 1_000; index += 1)
      change(notebook, "contact:shan", index % 2 ? "wechat" : "nameLatin", `n${String(index)}`);
    show(notebook, "contact:shan");
    await screen.findByRole("listbox", { name: "Versions" });
    expect(screen.getAllByRole("option").length).toBeLessThan(60);
    expect(screen.getAllByRole("option")[0]?.getAttribute("aria-setsize")).toBe("1001");
  });
});

describe("the history of a note", () => {
  it("stands in the same list, and shows what was struck out and added in the text", async () => {
    const notebook = createFakeNotebook();
    notebook.put("author", "me", { name: "Anna Weber" });
    notebook.put("meeting", "visit", { title: "Courtesy visit" });
    notebook.writeNote("meeting:visit", "推荐性标准 first", { at: "2026-11-22T01:00:00.000Z" });
    notebook.writeNote("meeting:visit", "强制性标准 first", { at: "2026-11-22T02:00:00.000Z" });
    const { user } = show(notebook, "meeting:visit");
    const newest = await screen.findByRole("option", { name: /Note: 2 characters added and 2 characters removed/ });
    expect(newest.textContent).toMatch(/“强制”.*10:00.*this computer/);
    expect(screen.getByText("推荐").tagName).toBe("DEL");
    expect(screen.getByText("强制").tagName).toBe("INS");
    await user.click(screen.getByRole("option", { name: /推荐性标准 first/ }));
    await user.click(await screen.findByRole("button", { name: "Restore this version" }));
    await screen.findByText(/is back\./);
    const { versions } = notebook.versionsOf("meeting:visit").list();
    expect(versions[0]?.change?.excerpt).toBe("推荐");
  });

  it("says in Chinese what it says in English", async () => {
    const notebook = createFakeNotebook();
    notebook.put("author", "me", { name: "李冰" });
    notebook.put("meeting", "visit", { title: "年终总结" });
    notebook.writeNote("meeting:visit", "标准", { at: "2026-11-22T01:00:00.000Z" });
    show(notebook, "meeting:visit", "zh-CN");
    await screen.findByRole("dialog", { name: "“年终总结”的历史" });
    expect((await screen.findByRole("option", { name: /笔记：增加 2 个字符/ })).textContent).toMatch(/李冰.*这台电脑/);
    expect(screen.getByRole("radio", { name: "上一个版本" })).toBeTruthy();
  });
});
