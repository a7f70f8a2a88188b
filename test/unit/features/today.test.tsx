// @vitest-environment happy-dom
import { act, screen, within, type BoundFunctions, type queries } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MeetingId } from "../../../src-renderer/domain/ids";
import { TodaySection } from "../../../src-renderer/features/today/TodaySection";
import type { Arrival } from "../../../src-renderer/ports/notebook";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

/** A Sunday, 14:05 in China and 07:05 in Brussels. */
const now = Date.parse("2026-11-22T06:05:00.000Z");

beforeEach(() => {
  vi.useFakeTimers({ now, shouldAdvanceTime: true });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function showToday(notebook: FakeNotebook, language: "en" | "zh-CN" = "en"): Screen {
  return renderScreen(<TodaySection />, { section: "today", notebook, language });
}

function meeting(notebook: FakeNotebook, slug: string, startsAt: string, more: object = {}): MeetingId {
  return notebook.put("meeting", slug, { title: slug, startsAt, ...more }).id;
}

async function arrivalOf(notebook: FakeNotebook, id: MeetingId, change: Partial<Arrival> = {}): Promise<Arrival> {
  const [row] = await notebook.request("rows", { ids: [id] });
  if (!row) throw new Error(`no row of ${id}`);
  return { row, at: now - 20 * 60_000, by: "author:bing", note: false, ...change };
}

function there(element: HTMLElement | undefined): HTMLElement {
  if (!element) throw new Error("not on screen");
  return element;
}
const part = (name: string): BoundFunctions<typeof queries> => within(screen.getByRole("region", { name }));

describe("today", () => {
  it("names the day in China and what the clocks say there and in Brussels", async () => {
    showToday(createFakeNotebook());
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Today Sun, 22 November 2026");
    expect(screen.getByText(/14:05.*07:05/).textContent).toBe("14:05 Beijing · 07:05 Brussels");
  });

  it("on the first day says what to begin with, with one button for a new meeting", async () => {
    const { user, section, selected } = showToday(createFakeNotebook());
    await screen.findByRole("heading", { name: "A good place to begin" });
    expect(screen.getAllByRole("button", { name: "New meeting" })).toHaveLength(1);
    expect(screen.queryByRole("region", { name: "Next meetings" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "New meeting" }));
    expect(section()).toBe("meetings");
    expect(selected("meeting")).toMatch(/^meeting:/);
  });

  it("leads from the first day to the organisations, and to the server only while there is none", async () => {
    const notebook = createFakeNotebook();
    const { user, section, part: asked } = showToday(notebook);
    await user.click(await screen.findByRole("button", { name: "Open organisations" }));
    expect(section()).toBe("organisations");
    await user.click(screen.getByRole("button", { name: "Open Settings" }));
    expect([section(), asked()]).toEqual(["settings", "sync"]);
    act(() => {
      notebook.setSyncStatus({ kind: "synced", at: now, waiting: 0 });
    });
    expect(screen.queryByRole("button", { name: "Open Settings" })).toBeNull();
  });

  it("shows the next meetings by day with both clocks, organisations, place and how soon", async () => {
    const notebook = createFakeNotebook();
    notebook.ship("organisation", "samr", { level: "ministerial", nameEn: "Market Regulation", abbreviation: "SAMR" });
    meeting(notebook, "soon", "2026-11-22T06:45:00.000Z", {
      endsAt: "2026-11-22T08:00:00.000Z",
      place: "Sanlihe Road 9",
      organisationIds: ["organisation:samr"],
    });
    meeting(notebook, "morning", "2026-11-23T01:00:00.000Z");
    const { user, section, selected } = showToday(notebook);
    const next = within(await screen.findByRole("region", { name: "Next meetings" }));
    await next.findByText("SAMR · Sanlihe Road 9");
    expect(next.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent)).toEqual([
      "today Sun, 22 November 2026",
      "tomorrow Mon, 23 November 2026",
    ]);
    const [soon, morning] = next.getAllByRole("button");
    expect(soon?.textContent).toContain("14:45–16:00");
    expect(soon?.textContent).toContain("07:45 in Brussels");
    expect(soon?.textContent).toContain("in 40 minutes");
    expect(morning?.textContent).toContain("tomorrow");
    await user.click(there(soon));
    expect([section(), selected("meeting")]).toEqual(["meetings", "meeting:soon"]);
  });

  it("says the same in Chinese", async () => {
    const notebook = createFakeNotebook();
    meeting(notebook, "双边会谈", "2026-11-22T06:45:00.000Z");
    showToday(notebook, "zh-CN");
    const next = within(await screen.findByRole("region", { name: "接下来的会议" }));
    expect(next.getByRole("button").textContent).toMatch(/14:45.*布鲁塞尔 07:45.*双边会谈.*40分钟后/);
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("今日 2026年11月22日星期日");
  });

  it("marks a meeting that is under way, and moves it to the last ones when its end has come", async () => {
    const notebook = createFakeNotebook();
    meeting(notebook, "standing", "2026-11-22T05:00:00.000Z", { endsAt: "2026-11-22T06:06:30.000Z" });
    showToday(notebook);
    await screen.findByRole("region", { name: "Next meetings" });
    expect(part("Next meetings").getByRole("button").textContent).toContain("now");
    await act(() => vi.advanceTimersByTimeAsync(2 * 60_000));
    expect(part("Next meetings").queryByRole("button")).toBeNull();
    expect(part("Last meetings").getByRole("button", { name: /standing/ })).toBeTruthy();
  });

  it("tells of a meeting that names only its day as one of the whole day", async () => {
    const notebook = createFakeNotebook();
    meeting(notebook, "fair", "2026-11-22T16:00:00.000Z");
    showToday(notebook);
    await screen.findByRole("region", { name: "Next meetings" });
    const fair = part("Next meetings").getByRole("button", { name: /fair/ });
    expect(fair.textContent).toContain("all day");
    expect(fair.textContent).not.toMatch(/00:00|Brussels/);
  });

  it("shows five of many next meetings, counts the others and leads to them", async () => {
    const notebook = createFakeNotebook();
    for (let day = 10; day < 29; day += 1) meeting(notebook, `m${String(day)}`, `2026-12-${String(day)}T01:00:00.000Z`);
    const { user, section } = showToday(notebook);
    await screen.findByRole("region", { name: "Next meetings" });
    await user.click(part("Next meetings").getByRole("button", { name: "and 14 more" }));
    expect(section()).toBe("meetings");
  });

  it("begins a new day at midnight in China", async () => {
    vi.setSystemTime(Date.parse("2026-11-22T15:58:30.000Z"));
    showToday(createFakeNotebook());
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Today Sun, 22 November 2026");
    await act(() => vi.advanceTimersByTimeAsync(2 * 60_000));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Today Mon, 23 November 2026");
  });

  it("tells what others changed, who and when, marks a note, and opens it", async () => {
    const notebook = createFakeNotebook();
    notebook.put("author", "bing", { name: "Li Bing" });
    const id = meeting(notebook, "bilateral", "2026-10-01T01:00:00.000Z");
    const other = meeting(notebook, "older", "2026-10-02T01:00:00.000Z");
    const { user, selected } = showToday(notebook);
    await screen.findByText(/Nothing since yesterday/);
    const arrived = [
      await arrivalOf(notebook, id, { note: true }),
      await arrivalOf(notebook, other, { at: Date.parse("2026-11-21T10:20:00.000Z") }),
    ];
    act(() => {
      notebook.setArrived(arrived);
    });
    const changed = part("Changed on other computers");
    await changed.findByText("Li Bing · 20 minutes ago");
    const [first, second] = changed.getAllByRole("button");
    expect(first?.textContent).toContain("note");
    expect(second?.textContent).toContain("Li Bing · yesterday, 18:20");
    expect(second?.textContent).not.toContain("note");
    await user.click(there(first));
    expect(selected("meeting")).toBe(id);
  });

  it("keeps a crowd short and shows the rest on demand", async () => {
    const notebook = createFakeNotebook();
    const ids = Array.from({ length: 20 }, (_, at) => meeting(notebook, `m${String(at)}`, "2026-10-01T01:00:00.000Z"));
    notebook.setArrived(await Promise.all(ids.map((id) => arrivalOf(notebook, id))));
    const { user } = showToday(notebook);
    await screen.findByRole("region", { name: "Changed on other computers" });
    const changed = part("Changed on other computers");
    expect(changed.getByText("20 since yesterday")).toBeTruthy();
    await user.click(changed.getByRole("button", { name: "and 14 more" }));
    expect(changed.getAllByRole("button")).toHaveLength(20);
  });

  it("counts what is not on the server and leads to why it waits", async () => {
    const notebook = createFakeNotebook();
    for (let at = 0; at < 7; at += 1) meeting(notebook, `m${String(at)}`, "2026-10-01T01:00:00.000Z");
    notebook.setSyncStatus({ kind: "offline", waiting: 7, retryAt: null });
    const { user, section, part: asked } = showToday(notebook);
    const waiting = within(await screen.findByRole("region", { name: "Not yet on the server" }));
    expect(waiting.getByText("7")).toBeTruthy();
    expect(waiting.getByText("and 3 more")).toBeTruthy();
    await user.click(await waiting.findByRole("button", { name: "Why it waits" }));
    expect([section(), asked()]).toEqual(["settings", "sync-details"]);
  });
});
