import { rmSync } from "node:fs";
import { expect, test } from "../support/app";
import { Expert } from "../support/expert";
import { addMeeting } from "../support/precious";
import { openLedgerOf, storeOf } from "../support/profileFiles";
import { readAll } from "../support/ledgerReading";
import { startSyncServer } from "../support/syncServer";

test("after a downgrade the notebook opens and syncs, and what the newer version wrote is kept", async ({
  launch,
  temporaryFolder,
}) => {
  const server = await startSyncServer();
  try {
    const userDataDir = temporaryFolder("downgraded");
    const first = await launch({ userDataDir });
    await new Expert(first.page).begin("Anna Weber");
    await addMeeting(new Expert(first.page), "Before the update");
    await first.close();
    const newer = [
      JSON.stringify({ f: 2, kind: "put", content: "in a way that this version does not know" }),
      JSON.stringify({ f: 1, kind: "foretold", what: "a kind that this version does not know" }),
    ];
    const ledger = await openLedgerOf(userDataDir);
    expect((await ledger.append(newer)).ok).toBe(true);
    await ledger.close();

    const second = await launch({ userDataDir });
    const anna = new Expert(second.page);
    await anna.openMeeting("Before the update");
    await addMeeting(anna, "After the downgrade");
    await anna.connect(server);
    await anna.button(anna.words.settings.keychain.plain).click();
    await anna.isSynced();
    await second.kill();

    rmSync(storeOf(userDataDir), { recursive: true });
    const third = await launch({ userDataDir });
    const again = new Expert(third.page);
    await expect(again.page.getByText(again.words.app.rebuild.whole)).toBeVisible();
    await again.openMeeting("Before the update");
    await again.openMeeting("After the downgrade");
    await again.isSynced();
    await third.close();

    const kept = await openLedgerOf(userDataDir);
    expect(await readAll(kept)).toEqual(expect.arrayContaining(newer));
    await kept.close();
  } finally {
    await server.dispose();
  }
});
