// @vitest-environment happy-dom
import { act, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { SyncLine } from "../../../src-renderer/ui/SyncLine";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen } from "../../support/renderScreen";

afterEach(cleanup);

it("says where the record is as it changes, and since when if asked", async () => {
  const notebook = createFakeNotebook();
  notebook.setRecordSync("contact:1", { kind: "only-here", reason: null, since: null });
  const { user } = renderScreen(<SyncLine id="contact:1" />, { section: "contacts", notebook });
  await screen.findByText("Only on this computer so far");
  const since = Date.parse("2026-11-22T06:02:00.000Z");
  act(() => {
    notebook.setRecordSync("contact:1", { kind: "on-server", reason: null, since });
  });
  await screen.findByText("On the server");
  await user.click(screen.getByRole("button", { name: "Since when?" }));
  await screen.findByText("On the server since 22 Nov 2026, 14:02");
  act(() => {
    notebook.setRecordSync("contact:1", { kind: "set-aside", reason: "too-large", since: null });
  });
  await screen.findByText(/too large for the server/);
  expect(screen.queryByRole("button")).toBeNull();
});
