// @vitest-environment happy-dom
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { failure, success } from "../../../src-main/shared/result";
import type { Verification } from "../../../src-renderer/domain/verification";
import { Verify } from "../../../src-renderer/features/settings/Verify";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const equal: Verification = {
  at: Date.parse("2026-11-22T01:05:00.000Z"),
  compared: 1_234,
  equal: 1_234,
  private: 2,
  differences: [],
};

function show(notebook: FakeNotebook, language: "en" | "zh-CN" = "en"): Screen {
  return renderScreen(<Verify />, { section: "settings", notebook, language });
}

it("says of equal stores how many records were compared and when, and what was not", async () => {
  const notebook = createFakeNotebook();
  notebook.setVerification(success(equal));
  const { user } = show(notebook);
  await user.click(screen.getByRole("button", { name: "Verify" }));
  await screen.findByText("Both are equal: 1,234 records compared, 22 Nov 2026, 09:05.");
  expect(screen.getByText("2 private records stay on this computer and are not compared.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Put right" })).toBeNull();
});

it("shows how far it is in numbers, and can be given up", async () => {
  const notebook = createFakeNotebook();
  let answer: (verified: ReturnType<typeof success<Verification>>) => void = () => undefined;
  notebook.setVerification(new Promise((resolve) => (answer = resolve)));
  const { user } = show(notebook);
  await user.click(screen.getByRole("button", { name: "Verify" }));
  await screen.findByText("Asking the server…");
  act(() => {
    notebook.tellVerifying(300, 1_234);
  });
  await screen.findByText("Comparing: 300 of 1,234 records");
  expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe(String((100 * 300) / 1_234));
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await act(async () => {
    answer(success(equal));
    await Promise.resolve();
  });
  expect(screen.queryByText(/Both are equal/)).toBeNull();
  expect(screen.getByRole("button", { name: "Verify" })).toBeTruthy();
});

it("groups what differs by what will be done, names the records, and puts it right", async () => {
  const notebook = createFakeNotebook();
  for (const name of ["Anna", "Bruno", "Chen", "Dora"]) notebook.put("contact", name, { nameLatin: name });
  const ids = ["contact:Anna", "contact:Bruno", "contact:Chen", "contact:Dora"];
  const differing: Verification = {
    ...equal,
    equal: 1_229,
    differences: [
      { kind: "waiting", total: 1, ids: ["note:contact:Anna"] },
      { kind: "lost", total: 4, ids },
    ],
  };
  notebook.setVerification(success(differing), success(equal));
  const { user, selected } = show(notebook);
  await user.click(screen.getByRole("button", { name: "Verify" }));
  await screen.findByText(/5 of 1,234 records differ, 22 Nov 2026, 09:05\. Nothing is lost/);
  const lost = within(screen.getByText("Sent, but no longer on the server").closest("li") as HTMLElement);
  expect(lost.getByText("Will be sent again.")).toBeTruthy();
  await lost.findByRole("button", { name: "Anna" });
  expect(lost.queryByText("Dora")).toBeNull();
  await user.click(lost.getByRole("button", { name: "Show 1 more" }));
  await user.click(await lost.findByRole("button", { name: "Dora" }));
  expect(selected("contact")).toBe("contact:Dora");
  await user.click(screen.getByRole("button", { name: "Put right" }));
  await screen.findByText(/Both are equal/);
  expect(notebook.requests.filter((name) => name === "verify" || name === "putRight")).toEqual(["verify", "putRight"]);
});

it("offers nothing to put right where only waiting and a person's own decisions are left", async () => {
  const notebook = createFakeNotebook();
  const left: Verification = {
    ...equal,
    equal: 1_233,
    differences: [{ kind: "set-aside", total: 1, ids: ["contact:nobody"] }],
  };
  notebook.setVerification(success(left));
  const { user } = show(notebook, "zh-CN");
  await user.click(screen.getByRole("button", { name: "核对" }));
  await screen.findByText(/1,234 条记录中有 1 条不一致/);
  expect(screen.getByText("由您决定，见下方“已搁置的记录”。")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "修正" })).toBeNull();
});

it("says on a line that does not hold how far it came, and what to do", async () => {
  const notebook = createFakeNotebook();
  notebook.setVerification(failure({ kind: "offline", done: 300, total: 1_234 }));
  const { user } = show(notebook);
  await user.click(screen.getByRole("button", { name: "Verify" }));
  expect((await screen.findByRole("alert")).textContent).toContain("300 of 1,234 records were compared");
  notebook.setVerification(failure({ kind: "exchange-first" }));
  await user.click(screen.getByRole("button", { name: "Verify again" }));
  await waitFor(() => {
    expect(screen.getByRole("alert").textContent).toContain("Wait until the first exchange is complete");
  });
  notebook.setVerification(failure({ kind: "database-missing" }));
  await user.click(screen.getByRole("button", { name: "Verify again" }));
  await waitFor(() => {
    expect(screen.getByRole("alert").textContent).toContain("The database is no longer on the server");
  });
});
