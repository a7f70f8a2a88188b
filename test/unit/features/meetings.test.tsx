// @vitest-environment happy-dom
import { EditorView } from "@codemirror/view";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { MeetingsSection } from "../../../src-renderer/features/meetings/MeetingsSection";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const open = (notebook: FakeNotebook = createFakeNotebook()): Screen =>
  renderScreen(<MeetingsSection />, { section: "meetings", notebook });
const field = (name: string): HTMLInputElement => screen.getByRole("textbox", { name });
const onlyMeeting = (notebook: FakeNotebook) => {
  const meetings = notebook.all("meeting");
  expect(meetings).toHaveLength(1);
  return meetings[0];
};

/** A notebook with one meeting, shown on its form. */
async function openOne(data: Parameters<FakeNotebook["put"]>[2] = {}, prepare?: (notebook: FakeNotebook) => void) {
  const notebook = createFakeNotebook();
  prepare?.(notebook);
  notebook.put("meeting", "m", { title: "Kick-off", ...data });
  const on = open(notebook);
  act(() => {
    on.select("meeting", "meeting:m");
  });
  await screen.findByRole("textbox", { name: "Title" });
  const stored = () => notebook.stored("meeting:m")?.data;
  return { on, notebook, stored };
}

describe("a new meeting", () => {
  test("is stored with the first thing entered, and never before", async () => {
    const { user, notebook } = open();
    await user.click(screen.getByRole("button", { name: "New meeting" }));
    expect(document.activeElement).toBe(field("Title"));
    expect(field("Starts").placeholder).toMatch(/^\d{4}-\d\d-\d\d \d\d:[03]0$/);
    await user.tab();
    await user.tab();
    expect(notebook.edits).toEqual([]);
    await user.type(field("Place"), "B");
    await waitFor(() => expect(onlyMeeting(notebook)?.data).toMatchObject({ title: "", place: "B" }));
    expect(onlyMeeting(notebook)?.data.startsAt).toBeUndefined();
  });

  test("whose note is written first is stored before the note", async () => {
    const notebook = createFakeNotebook();
    const { user } = open(notebook);
    await user.click(screen.getByRole("button", { name: "New meeting" }));
    const note = await screen.findByRole("textbox", { name: "Note" });
    act(() => {
      EditorView.findFromDOM(note)?.dispatch({ changes: { from: 0, insert: "议程" }, userEvent: "input.type" });
    });
    await waitFor(() => expect(notebook.requests.filter((name) => name === "updateNote").length).toBeGreaterThan(0));
    expect(onlyMeeting(notebook)?.type).toBe("meeting");
    expect(notebook.requests.indexOf("edit")).toBeLessThan(notebook.requests.indexOf("updateNote"));
  });
});

describe("start and end", () => {
  test("are read in China time and shown with Brussels time beside them", async () => {
    const { on, stored } = await openOne();
    await on.user.type(field("Starts"), "24.11.2026 9:00");
    await waitFor(() => expect(stored()?.startsAt).toBe("2026-11-24T01:00:00.000Z"));
    expect(field("Starts").value).toBe("24.11.2026 9:00");
    expect(screen.getByText("09:00 Beijing · 02:00 Brussels")).toBeTruthy();
    await on.user.tab();
    await waitFor(() => expect(field("Starts").value).toBe("2026-11-24 09:00"));
    await on.user.type(field("Ends"), "11:30");
    await waitFor(() => expect(stored()?.endsAt).toBe("2026-11-24T03:30:00.000Z"));
  });

  test.each(["1900-01-01 00:05", "1940-07-01 12:00", "1988-06-01 09:00", "2999-12-31 23:59"])(
    "%s is kept and shown as it was typed",
    async (when) => {
      const { on, notebook, stored } = await openOne();
      await on.user.type(field("Starts"), when);
      await on.user.tab();
      await waitFor(() => expect(stored()?.startsAt).toBe(new Date(`${when.replace(" ", "T")}+08:00`).toISOString()));
      await waitFor(() => expect(field("Starts").value).toBe(when));
      expect(stored()?.startsAsTyped).toBeUndefined();
      const row = await screen.findByRole("option");
      expect(row.textContent).toContain(`${when.slice(0, 4)}, ${when.slice(11)}`);
      expect(notebook.edits.every((edit) => edit.kind === "change")).toBe(true);
    },
  );

  test("an end before the start says so and keeps both", async () => {
    const { on, stored } = await openOne({ startsAt: "2026-11-24T01:00:00.000Z" });
    await on.user.type(field("Ends"), "2026-11-23 10:00");
    await screen.findByText(/ends before it starts/);
    await waitFor(() => expect(stored()?.endsAt).toBe("2026-11-23T02:00:00.000Z"));
    expect(stored()?.startsAt).toBe("2026-11-24T01:00:00.000Z");
  });

  test("a date that cannot be read is kept as typed and says so, and the known one goes when the field is left", async () => {
    const { on, stored } = await openOne({ startsAt: "2026-11-24T01:00:00.000Z" });
    await on.user.clear(field("Starts"));
    await on.user.type(field("Starts"), "next Tuesday");
    await waitFor(() => expect(stored()?.startsAsTyped).toBe("next Tuesday"));
    await on.user.tab();
    await screen.findByText(/not understood as a date/);
    await waitFor(() => expect(stored()).toMatchObject({ startsAsTyped: "next Tuesday" }));
    await waitFor(() => expect(stored()?.startsAt).toBeUndefined());
    expect(field("Starts").value).toBe("next Tuesday");

    await on.user.clear(field("Starts"));
    await on.user.type(field("Starts"), "2026-11-24 10:00");
    await waitFor(() => expect(stored()?.startsAt).toBe("2026-11-24T02:00:00.000Z"));
    expect(stored()?.startsAsTyped).toBeUndefined();
  });

  test("a half-typed date leaves the known one in place while the caret is in the field", async () => {
    const { stored } = await openOne({ startsAt: "2026-11-24T01:00:00.000Z" });
    act(() => {
      field("Starts").focus();
    });
    fireEvent.change(field("Starts"), { target: { value: "2026-1" } });
    await waitFor(() => expect(stored()?.startsAsTyped).toBe("2026-1"));
    expect(stored()?.startsAt).toBe("2026-11-24T01:00:00.000Z");
  });
});

describe("attendees", () => {
  const people = (): HTMLElement => screen.getByRole("list", { name: "People at this meeting" });

  test("a typed name stays a name until it is made a contact", async () => {
    const { on, notebook, stored } = await openOne({}, (prepared) => {
      prepared.put("contact", "w", { nameLatin: "Zhang Weiguo" });
      prepared.setReadings("张伟", ["Zhāng Wěi"]);
    });
    await on.user.type(field("Attendees"), "张伟 Zhang Wei{Enter}");
    await waitFor(() => expect(stored()?.attendees).toMatchObject([{ name: "张伟 Zhang Wei" }]));
    expect(stored()?.attendees[0]?.contactId).toBeUndefined();
    expect(notebook.all("contact")).toHaveLength(1);
    expect(field("Attendees").value).toBe("");

    await on.user.click(await screen.findByRole("button", { name: "Make a contact of 张伟 Zhang Wei" }));
    await waitFor(() => expect(stored()?.attendees[0]?.contactId).toBeDefined());
    const made = notebook.stored(stored()?.attendees[0]?.contactId ?? "contact:none");
    expect(made?.data).toMatchObject({
      nameZh: "张伟",
      nameLatin: "Zhang Wei",
      pinyin: { value: "Zhāng Wěi", source: "proposed" },
    });
    await waitFor(() => expect(screen.queryByRole("button", { name: /Make a contact/ })).toBeNull());
  });

  test("a chosen contact is linked, and its organisation is offered quietly", async () => {
    const { on, stored } = await openOne({}, (prepared) => {
      prepared.put("organisation", "miit", {
        nameEn: "Ministry of Industry",
        abbreviation: "MIIT",
        level: "ministerial",
      });
      prepared.put("contact", "z", {
        nameLatin: "Zhang Wei",
        posts: [{ id: "first", organisationId: "organisation:miit" }],
      });
    });
    await on.user.type(field("Attendees"), "zhang");
    await screen.findByRole("option", { name: "Zhang Wei" });
    await on.user.keyboard("{ArrowDown}{Enter}");
    await waitFor(() => expect(stored()?.attendees).toMatchObject([{ contactId: "contact:z" }]));
    await screen.findByText("Zhang Wei works at MIIT, which is not listed above.");
    await on.user.click(screen.getByRole("button", { name: "Add it" }));
    await waitFor(() => expect(stored()?.organisationIds).toEqual(["organisation:miit"]));
    await waitFor(() => expect(screen.queryByText(/which is not listed above/)).toBeNull());
  });

  test("a pasted list becomes one attendee a line, and each can be removed", async () => {
    const { on, stored } = await openOne();
    await on.user.click(field("Attendees"));
    await on.user.paste("王芳\n李强\n");
    await waitFor(() => expect(stored()?.attendees.map((each) => each.name)).toEqual(["王芳", "李强"]));
    await on.user.click(await screen.findByRole("button", { name: "Remove 王芳" }));
    await waitFor(() => expect(stored()?.attendees.map((each) => each.name)).toEqual(["李强"]));
    expect(within(people()).getAllByRole("listitem")).toHaveLength(1);
  });

  test("a name that was typed is not lost when the field is left", async () => {
    const { on, stored } = await openOne();
    await on.user.type(field("Attendees"), "Müller, Hans");
    await on.user.click(field("Title"));
    await waitFor(() => expect(stored()?.attendees).toMatchObject([{ name: "Müller, Hans" }]));
  });

  test("Enter that ends a composition adds nobody", async () => {
    const { stored } = await openOne();
    const input = field("Attendees");
    fireEvent.compositionStart(input);
    fireEvent.change(input, { target: { value: "zhangwei" } });
    fireEvent.keyDown(input, { key: "Enter", code: "Enter", isComposing: true });
    fireEvent.change(input, { target: { value: "张伟" } });
    fireEvent.compositionEnd(input);
    expect(field("Attendees").value).toBe("张伟");
    fireEvent.keyDown(input, { key: "Enter", code: "Enter" });
    await waitFor(() => expect(stored()?.attendees.map((each) => each.name)).toEqual(["张伟"]));
  });

  test("a name that is far too long is refused in words and stays in the field", async () => {
    const { stored } = await openOne();
    const long = "长".repeat(100_001);
    fireEvent.change(field("Attendees"), { target: { value: long } });
    fireEvent.keyDown(field("Attendees"), { key: "Enter", code: "Enter" });
    expect((await screen.findAllByText(/the text is too long/)).length).toBeGreaterThan(0);
    expect(field("Attendees").value).toBe(long);
    expect(stored()?.attendees).toEqual([]);
  });
});

describe("names in the field for attendees", () => {
  async function leaveFor(on: Screen, id: "meeting:m" | "meeting:other"): Promise<void> {
    act(() => {
      on.select("meeting", id);
    });
    await waitFor(() => expect(field("Title").value).toBe(id === "meeting:m" ? "Kick-off" : "Other"));
  }
  const openTwo = () =>
    openOne({}, (notebook) => {
      notebook.put("meeting", "other", { title: "Other" });
    });

  test("are added when the meeting is left by the keyboard, which takes no focus away", async () => {
    const { on, notebook, stored } = await openTwo();
    fireEvent.change(field("Attendees"), { target: { value: "Weber, Anna" } });
    await leaveFor(on, "meeting:other");
    await waitFor(() => expect(stored()?.attendees.map(({ name }) => name)).toEqual(["Weber, Anna"]));
    expect(notebook.stored("meeting:other")?.data.attendees).toEqual([]);
    expect(field("Attendees").value).toBe("");
  });

  test("that were refused are there again when the meeting is, and the window asks before it closes", async () => {
    const { on, stored } = await openTwo();
    const long = "长".repeat(100_001);
    fireEvent.change(field("Attendees"), { target: { value: long } });
    await leaveFor(on, "meeting:other");
    expect(field("Attendees").value).toBe("");
    await waitFor(() => expect(on.session.drafts.unsaved).toBe(true));
    await leaveFor(on, "meeting:m");
    await waitFor(() => expect(field("Attendees").value).toBe(long));
    expect((await screen.findAllByText(/the text is too long/)).length).toBeGreaterThan(0);
    fireEvent.change(field("Attendees"), { target: { value: "长江" } });
    fireEvent.keyDown(field("Attendees"), { key: "Enter", code: "Enter" });
    await waitFor(() => expect(stored()?.attendees.map(({ name }) => name)).toEqual(["长江"]));
    expect(on.session.drafts.unsaved).toBe(false);
  });

  test("half composed are not added by leaving, and are there again", async () => {
    const { on, stored } = await openTwo();
    fireEvent.compositionStart(field("Attendees"));
    fireEvent.input(field("Attendees"), { target: { value: "zhang wei" }, isComposing: true });
    await leaveFor(on, "meeting:other");
    await leaveFor(on, "meeting:m");
    expect(field("Attendees").value).toBe("zhang wei");
    expect(stored()?.attendees).toEqual([]);
  });
});

describe("a meeting on its form", () => {
  test("areas are chosen by name and taken away again", async () => {
    const { on, stored } = await openOne({}, (prepared) => {
      prepared.ship("area", "toys", { nameEn: "Toys", nameZh: "玩具" });
    });
    await on.user.type(field("Areas"), "toy");
    await on.user.click(await screen.findByRole("option", { name: /Toys/ }));
    await waitFor(() => expect(stored()?.areaIds).toEqual(["area:toys"]));
    await on.user.click(await screen.findByRole("button", { name: "Remove Toys" }));
    await waitFor(() => expect(stored()?.areaIds).toEqual([]));
  });

  test("of a newer version can be read and copied, and offers nothing that would change it", async () => {
    const { notebook } = await openOne({ attendees: [{ id: "a", name: "Weber" }], place: "Beijing" });
    notebook.setNewer("meeting:m");
    await screen.findByText(/Written by a newer version/);
    for (const name of ["Title", "Starts", "Ends", "Place", "Attendees", "Organisations", "Areas"]) {
      expect(field(name).readOnly, name).toBe(true);
      expect(field(name).disabled, name).toBe(false);
    }
    const left = screen
      .queryAllByRole("button")
      .map((button) => button.textContent || button.getAttribute("aria-label"));
    expect(left.filter((name) => /Delete|Remove|Make a contact|Choose a date/.test(name ?? ""))).toEqual([]);
  });

  test("organisations are added and removed one by one", async () => {
    const { on, stored } = await openOne({ organisationIds: ["organisation:sac"] }, (prepared) => {
      prepared.put("organisation", "sac", { nameEn: "Standardization Administration", level: "ministerial" });
      prepared.put("organisation", "miit", { nameEn: "Ministry of Industry", level: "ministerial" });
    });
    await on.user.type(field("Organisations"), "industry");
    await on.user.click(await screen.findByRole("option", { name: "Ministry of Industry" }));
    await waitFor(() => expect(stored()?.organisationIds).toEqual(["organisation:sac", "organisation:miit"]));
    await on.user.click(await screen.findByRole("button", { name: "Remove Standardization Administration" }));
    await waitFor(() => expect(stored()?.organisationIds).toEqual(["organisation:miit"]));
  });

  test("what is typed is not lost when another meeting is chosen at once", async () => {
    const { on, notebook, stored } = await openOne({}, (prepared) => {
      prepared.put("meeting", "other", { title: "Other" });
    });
    fireEvent.change(field("Title"), { target: { value: "Kick-off in Beijing" } });
    act(() => {
      on.select("meeting", "meeting:other");
    });
    await waitFor(() => expect(field("Title").value).toBe("Other"));
    await waitFor(() => expect(stored()?.title).toBe("Kick-off in Beijing"));
    expect(notebook.stored("meeting:other")?.data.title).toBe("Other");
  });

  test("a change from another computer appears, and does not overwrite what is being typed", async () => {
    const { on, notebook, stored } = await openOne({ place: "Beijing" });
    fireEvent.change(field("Title"), { target: { value: "Kick-off 2" } });
    notebook.fromElsewhere({
      kind: "change",
      id: "meeting:m",
      changes: [
        { op: "set", field: "title", value: "Kick-off from Brussels" },
        { op: "set", field: "place", value: "Shanghai" },
      ],
    });
    await waitFor(() => expect(field("Place").value).toBe("Shanghai"));
    expect(field("Title").value).toBe("Kick-off 2");
    await waitFor(() => expect(stored()?.title).toBe("Kick-off 2"));
    expect(on.selected("meeting")).toBe("meeting:m");
  });

  test("is deleted without a question, and Put back brings it back", async () => {
    const { on, notebook } = await openOne();
    await on.user.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(notebook.stored("meeting:m")?.deletedAt).toBeDefined());
    await waitFor(() => expect(on.selected("meeting")).toBeUndefined());
    await screen.findByText("No meetings yet");
    await on.user.click(await screen.findByRole("button", { name: "Put back" }));
    await waitFor(() => expect(notebook.stored("meeting:m")?.deletedAt).toBeUndefined());
    await screen.findByRole("option", { name: /Kick-off/ });
  });
});
