// @vitest-environment happy-dom
import { act, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Banners } from "../../../src-renderer/app/Banners";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen } from "../../support/renderScreen";

afterEach(cleanup);

const started = { crashed: new Promise<string>(() => undefined), info: { notices: [] } };

describe("a damaged shipped file", () => {
  it("is named with what is missing, what is safe and what to do, and can be put away", async () => {
    const files = ["glossary.json", "organisations.json"];
    const { user } = renderScreen(<Banners started={started} damagedFiles={files} />, {
      section: "meetings",
    });
    const [glossary, organisations] = screen.getAllByRole("alert");
    expect(glossary?.textContent).toMatch(/glossary\.json.*terms are missing.*own records.*safe.*Install Qiao again/);
    expect(organisations?.textContent).toMatch(/organisations\.json.*organisations are missing/);
    const [dismiss] = screen.getAllByRole("button", { name: "Dismiss" });
    if (dismiss) await user.click(dismiss);
    expect(screen.getAllByRole("alert").map((each) => each.textContent)).toEqual([organisations?.textContent]);
  });
});

describe("changes that are not being saved", () => {
  it("are said as long as it is so, and no longer", () => {
    const notebook = createFakeNotebook();
    renderScreen(<Banners started={started} damagedFiles={[]} />, { section: "meetings", notebook });
    act(() => {
      notebook.setTrouble({ kind: "disk-full" });
    });
    expect(screen.getByRole("alert").textContent).toContain("the disk is full");
    act(() => {
      notebook.setTrouble(null);
    });
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("a database that is made anew", () => {
  const whole = { reason: "missing", records: 12, notes: 1, damaged: [] } as const;

  it("shows how far that is, then what came back", () => {
    const notebook = createFakeNotebook();
    renderScreen(<Banners started={started} damagedFiles={[]} />, { section: "meetings", notebook });
    act(() => {
      notebook.tellRebuilding(1, 4);
    });
    expect(screen.getByRole("progressbar", { name: "Rebuilding the database" }).getAttribute("aria-valuenow")).toBe(
      "25",
    );
    act(() => {
      notebook.tellRebuilt(whole);
    });
    expect(screen.queryByRole("progressbar")).toBeNull();
    expect(screen.getByRole("alert").textContent).toMatch(
      /missing.*rebuilt.*12 records and 1 note\. Nothing is missing/,
    );
  });

  it("says what did not come back, also where it was made anew before anyone could watch", async () => {
    const damaged = [
      { from: 0, to: 2048 },
      { from: 5000, to: 6024 },
    ];
    const notebook = createFakeNotebook();
    notebook.tellRebuilt({ ...whole, reason: "damaged", damaged });
    renderScreen(<Banners started={started} damagedFiles={[]} />, { section: "meetings", notebook });
    const said = await screen.findByRole("alert");
    expect(said.textContent).toMatch(/damaged.*about 3 KB.*in 2 places.*restore a backup/);
  });
});
