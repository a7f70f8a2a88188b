// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { RecordId } from "../../../src-renderer/domain/ids";
import { BinSection } from "../../../src-renderer/features/bin/BinSection";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

function showBin(notebook: FakeNotebook, language: "en" | "zh-CN" = "en"): Screen {
  return renderScreen(<BinSection />, { section: "bin", notebook, language });
}

/** A contact, a meeting and a hidden organisation, deleted in this order, and the one who did it. */
function fill(notebook: FakeNotebook): FakeNotebook {
  notebook.put("author", "me", { name: "Anna Weber" });
  notebook.ship("organisation", "samr", { level: "ministerial", nameEn: "Market Regulation", nameZh: "市场监管总局" });
  notebook.put("contact", "shan", {
    nameZh: "单磊",
    nameLatin: "Leo Shan",
    posts: [{ id: "1", organisationId: "organisation:samr", title: "处长" }],
    emails: [{ id: "1", value: "shan@example.cn" }],
  });
  notebook.put("meeting", "visit", { title: "Courtesy visit", place: "北京", startsAt: "2026-11-22T01:00:00.000Z" });
  for (const id of ["contact:shan", "meeting:visit", "organisation:samr"])
    notebook.fromElsewhere({ kind: "delete", id });
  return notebook;
}

const option = (name: RegExp): HTMLElement => screen.getByRole("option", { name });
const button = (name: string): HTMLElement => screen.getByRole("button", { name });
const inBin = async (notebook: FakeNotebook): Promise<readonly RecordId[]> =>
  (await notebook.request("bin", { offset: 0, limit: 200 })).rows.map(({ id }) => id);

describe("the bin", () => {
  it("teaches what it is for while it is empty, and has nothing to empty", async () => {
    showBin(createFakeNotebook());
    await screen.findByText("The bin is empty");
    expect(screen.getByText(/For 90 days it can be restored/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Empty bin" })).toBeNull();
  });

  it("lists all kinds, last deleted first, with their kind, and says which are only hidden", async () => {
    showBin(fill(createFakeNotebook()));
    await screen.findByRole("option", { name: /Leo Shan/ });
    const texts = screen.getAllByRole("option").map((each) => each.textContent);
    expect(texts[0]).toMatch(/Market Regulation.*Organisation · hidden · 22 Nov 2026, 09:/);
    expect(texts[1]).toMatch(/Courtesy visit.*Meeting · 22 Nov 2026/);
    expect(texts[2]).toMatch(/Leo Shan.*Contact · 22 Nov 2026/);
  });

  it("filters, and says when nothing matches", async () => {
    const { user } = showBin(fill(createFakeNotebook()));
    await screen.findByRole("option", { name: /Leo Shan/ });
    await user.type(screen.getByRole("textbox", { name: "Filter" }), "visit");
    await waitFor(() => {
      expect(screen.getAllByRole("option")).toHaveLength(1);
    });
    await user.type(screen.getByRole("textbox", { name: "Filter" }), "xyz");
    await screen.findByText("Nothing found in the bin");
  });

  it("shows what is in a record, who deleted it and when, and nothing that can be typed into", async () => {
    const { user } = showBin(fill(createFakeNotebook()));
    await user.click(await screen.findByRole("option", { name: /Leo Shan/ }));
    const detail = within(screen.getByRole("region", { name: "Deleted record" }));
    await detail.findByText(/Deleted 22 Nov 2026, 09:\d\d by Anna Weber/);
    await detail.findByText("Market Regulation");
    for (const text of ["处长", "shan@example.cn"]) expect(detail.getByText(text)).toBeTruthy();
    expect(detail.queryByRole("textbox")).toBeNull();
  });

  it("restores one, shows its neighbour, and opens the restored one with one click", async () => {
    const notebook = fill(createFakeNotebook());
    const { user, section, selected } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Courtesy visit/ }));
    await screen.findByRole("heading", { name: "Courtesy visit" });
    expect(screen.getAllByRole("button", { name: /Restore/ })).toHaveLength(1);
    await user.click(button("Restore"));
    await screen.findByText("Courtesy visit is back.");
    expect(await inBin(notebook)).toEqual(["organisation:samr", "contact:shan"]);
    await screen.findByRole("heading", { name: "Leo Shan" });
    await user.click(button("Open"));
    expect([section(), selected("meeting")]).toEqual(["meetings", "meeting:visit"]);
  });

  it("says why something is not restored, and keeps it", async () => {
    const notebook = fill(createFakeNotebook());
    const { user } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Courtesy visit/ }));
    await screen.findByRole("heading", { name: "Courtesy visit" });
    notebook.failWith({ kind: "disk-full" });
    await user.click(button("Restore"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/Not restored because the disk is full/);
    expect(await inBin(notebook)).toHaveLength(3);
  });

  it("offers no removal for what ships with the app, and explains it", async () => {
    const { user } = showBin(fill(createFakeNotebook()));
    await user.click(await screen.findByRole("option", { name: /Market Regulation/ }));
    await screen.findByText(/comes with Qiao, so it is never removed/);
    expect(screen.queryByRole("button", { name: "Remove for good" })).toBeNull();
    expect(button("Restore")).toBeTruthy();
  });
});

describe("removing for good", () => {
  it("asks first, with what it means, and keeps everything when the person thinks better of it", async () => {
    const notebook = fill(createFakeNotebook());
    const { user } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Leo Shan/ }));
    await user.click(await screen.findByRole("button", { name: "Remove for good" }));
    const question = within(await screen.findByRole("dialog"));
    expect(question.getByText("Remove 1 record for good?")).toBeTruthy();
    expect(question.getByText(/cannot be undone/)).toBeTruthy();
    await user.click(question.getByRole("button", { name: "Keep" }));
    expect(notebook.requests).not.toContain("emptyBin");
    expect(await inBin(notebook)).toHaveLength(3);
  });

  it("speaks of the server and the others where there is a server", async () => {
    const notebook = fill(createFakeNotebook());
    notebook.setSyncStatus({ kind: "synced", at: 0, waiting: 0 });
    const { user } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Leo Shan/ }));
    await user.click(await screen.findByRole("button", { name: "Remove for good" }));
    expect(await screen.findByText(/from the server and, at their next exchange, from your colleagues/)).toBeTruthy();
  });

  it("removes one, and says so", async () => {
    const notebook = fill(createFakeNotebook());
    const { user } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Leo Shan/ }));
    await user.click(await screen.findByRole("button", { name: "Remove for good" }));
    await user.click(await screen.findByRole("button", { name: "Remove 1 for good" }));
    await screen.findByText("1 record was removed for good.");
    expect(await inBin(notebook)).toEqual(["organisation:samr", "meeting:visit"]);
  });

  it("empties the bin of what is not shipped, naming the number, and hidden records stay", async () => {
    const notebook = fill(createFakeNotebook());
    const { user } = showBin(notebook);
    await screen.findByRole("option", { name: /Leo Shan/ });
    await user.click(button("Empty bin"));
    await screen.findByText("Remove 2 records for good?");
    expect(screen.getByText(/1 hidden record that comes with Qiao stays/)).toBeTruthy();
    await user.click(button("Remove 2 for good"));
    await screen.findByText("2 records were removed for good.");
    expect(await inBin(notebook)).toEqual(["organisation:samr"]);
  });

  it("has nothing to ask where only hidden records are left", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("organisation", "samr", { level: "ministerial", nameEn: "Market Regulation" });
    notebook.fromElsewhere({ kind: "delete", id: "organisation:samr" });
    const { user } = showBin(notebook);
    await screen.findByRole("option", { name: /Market/ });
    await user.click(button("Empty bin"));
    await screen.findByText("Nothing to remove");
    expect(screen.queryByRole("button", { name: /for good/ })).toBeNull();
  });

  it("removes exactly what was counted, also when more comes into the bin meanwhile", async () => {
    const notebook = fill(createFakeNotebook());
    notebook.put("contact", "late", { nameLatin: "Late" });
    const { user } = showBin(notebook);
    await screen.findByRole("option", { name: /Leo Shan/ });
    await user.click(button("Empty bin"));
    await screen.findByText("Remove 2 records for good?");
    notebook.fromElsewhere({ kind: "delete", id: "contact:late" });
    await user.click(button("Remove 2 for good"));
    await screen.findByText("2 records were removed for good.");
    expect(await inBin(notebook)).toEqual(["contact:late", "organisation:samr"]);
  });
});

describe("several at once", () => {
  it("are restored as one step, shipped ones with the others", async () => {
    const notebook = fill(createFakeNotebook());
    const { user } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Leo Shan/ }));
    await user.keyboard("{Control>}");
    await user.click(option(/Market/));
    await user.keyboard("{/Control}");
    await screen.findByText("2 selected");
    expect(screen.getAllByRole("button", { name: /Restore/ })).toHaveLength(1);
    await user.click(button("Restore"));
    await screen.findByText("2 records are back.");
    expect(await inBin(notebook)).toEqual(["meeting:visit"]);
    expect((await notebook.request("history", {})).undo).toMatchObject({ kind: "restore", count: 2 });
  });

  it("are all chosen by Ctrl+A, and removed after the question", async () => {
    const notebook = fill(createFakeNotebook());
    const { user } = showBin(notebook);
    await user.click(await screen.findByRole("option", { name: /Leo Shan/ }));
    screen.getByRole("listbox").focus();
    await user.keyboard("{Control>}a{/Control}");
    await screen.findByText("3 selected");
    await user.click(button("Remove for good"));
    await user.click(await screen.findByRole("button", { name: "Remove 2 for good" }));
    await screen.findByText("2 records were removed for good.");
    expect(await inBin(notebook)).toEqual(["organisation:samr"]);
  });
});

it("speaks Chinese", async () => {
  const { user } = showBin(fill(createFakeNotebook()), "zh-CN");
  await user.click(await screen.findByRole("option", { name: /单磊/ }));
  await screen.findByText(/Anna Weber 于 2026年11月22日 09:\d\d 删除/);
  await user.click(button("清空回收站"));
  await screen.findByText("要彻底删除 2 条记录吗？");
});
