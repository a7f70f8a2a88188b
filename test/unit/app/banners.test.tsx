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
    const { user } = renderScreen(<Banners started={started} damagedFiles={files} />, { section: "meetings" });
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
