// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionInfo } from "../../../src-main/shared/gateway";
import type { ConnectFailure, PasswordStorage } from "../../../src-main/shared/ipc";
import type { Result } from "../../../src-main/shared/result";
import type { SyncStatus } from "../../../src-renderer/domain/syncStatus";
import { SettingsSection } from "../../../src-renderer/features/settings/SettingsSection";
import { MainContext, type MainClient } from "../../../src-renderer/platform/bridge";
import { Looks, LooksContext } from "../../../src-renderer/platform/looks";
import { createFakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen, type Screen } from "../../support/renderScreen";

afterEach(cleanup);

const info: ConnectionInfo = { address: "https://sync.example.org", database: "notebook", user: "wei" };
type Stored = ConnectionInfo & { readonly passwordStorage: PasswordStorage };
type ConnectAnswer = Result<ConnectionInfo, ConnectFailure>;
interface ConnectArguments {
  readonly password: string;
  readonly passwordStorage: PasswordStorage;
}

/** The main process of one computer; `connect` says what its attempts come to. */
class FakeMain {
  stored: Stored | null = null;
  readonly asked: string[] = [];
  readonly attempts: ConnectArguments[] = [];
  connect: (given: ConnectArguments) => Promise<ConnectAnswer> = () => Promise.resolve({ ok: true, value: info });
  disconnect: () => Promise<unknown> = () => {
    this.stored = null;
    return Promise.resolve({ ok: true, value: null });
  };
  /** Ends the attempt under way, as cancelling does. */
  giveUp: (answer: ConnectAnswer) => void = () => undefined;

  readonly client: MainClient = {
    invoke: (name, args) => this.answer(name, args as never) as never,
    on: () => () => undefined,
  };

  hangs(): void {
    this.connect = () => new Promise((resolve) => (this.giveUp = resolve));
  }

  private async answer(name: string, args: ConnectArguments): Promise<unknown> {
    this.asked.push(name);
    switch (name) {
      case "app:info":
        return {
          version: "1.0.0",
          platform: "linux",
          system: "Linux 6.1.0 x64",
          versions: { electron: "33.2.1", chromium: "130.0.6723.137", node: "20.18.1" },
          systemLanguage: "en",
          dataFolder: "/home/wei/.config/Qiao",
          notices: [],
        };
      case "sync:connection":
        return this.stored;
      case "sync:connect": {
        this.attempts.push(args);
        const result = await this.connect(args);
        if (result.ok) this.stored = { ...info, passwordStorage: args.passwordStorage };
        return result;
      }
      case "sync:cancel-connect":
        this.giveUp({ ok: false, failure: { kind: "aborted" } });
        return null;
      case "sync:disconnect":
        return this.disconnect();
      case "settings:change":
        return { ok: true, value: {} };
      default:
        throw new Error(`not asked by this screen: ${name}`);
    }
  }
}

async function openSettings(main: FakeMain, status?: SyncStatus): Promise<Screen> {
  const notebook = createFakeNotebook();
  if (status) notebook.setSyncStatus(status);
  const shown = renderScreen(
    <MainContext value={main.client}>
      <LooksContext value={new Looks(main.client, {})}>
        <SettingsSection />
      </LooksContext>
    </MainContext>,
    { section: "settings", notebook },
  );
  await screen.findByLabelText("Server address");
  return shown;
}

const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
const button = (name: string): HTMLButtonElement => screen.getByRole("button", { name });

async function fillIn({ user }: Screen): Promise<void> {
  await user.type(field("Server address"), info.address);
  await user.type(field("Database"), info.database);
  await user.type(field("User name"), info.user);
  await user.type(field("Password"), "secret");
}

function failed(reason: "missing" | "password"): SyncStatus {
  return { kind: "failed", failure: { kind: "credentials-rejected", reason }, waiting: 2, retryAt: null };
}

describe("connecting", () => {
  it("asks main with what was typed, and forgets the password once connected", async () => {
    const main = new FakeMain();
    const shown = await openSettings(main);
    await fillIn(shown);
    await shown.user.click(button("Connect"));
    await screen.findByText(/Connected to notebook at https:\/\/sync.example.org as wei/);
    expect(main.attempts).toEqual([{ ...info, password: "secret", passwordStorage: "keychain" }]);
    expect(field("Password").value).toBe("");
    expect(screen.getByText(/kept in this system’s keychain/)).toBeTruthy();
  });

  it("names what is missing instead of asking main", async () => {
    const main = new FakeMain();
    const { user } = await openSettings(main);
    await user.click(button("Connect"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/Fill in/);
    expect(main.attempts).toEqual([]);
  });

  it("can be given up: main ends the attempt, nothing is connected, and what was typed stays", async () => {
    const main = new FakeMain();
    const shown = await openSettings(main);
    await fillIn(shown);
    main.hangs();
    await shown.user.click(button("Connect"));
    expect(button("Connecting…").disabled).toBe(true);
    await shown.user.click(button("Cancel"));
    await waitFor(() => {
      expect(button("Connect").disabled).toBe(false);
    });
    expect(main.asked).toContain("sync:cancel-connect");
    expect(main.stored).toBeNull();
    expect([field("Password").value, screen.queryByRole("alert")]).toEqual(["secret", null]);
  });

  it("given up too late says what is true: it is connected", async () => {
    const main = new FakeMain();
    const shown = await openSettings(main);
    await fillIn(shown);
    main.hangs();
    const kept = (): void => main.giveUp({ ok: true, value: info });
    await shown.user.click(button("Connect"));
    const cancel = button("Cancel");
    kept();
    await shown.user.click(cancel);
    await screen.findByText(/Connected to notebook/);
  });

  it("that breaks in main is said, and can be tried again", async () => {
    const main = new FakeMain();
    const shown = await openSettings(main);
    await fillIn(shown);
    main.connect = () => Promise.reject(new Error("bug"));
    await shown.user.click(button("Connect"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/went wrong inside Qiao/);
    main.connect = () => Promise.resolve({ ok: true, value: info });
    await shown.user.click(button("Connect"));
    await screen.findByText(/Connected to notebook/);
  });

  it("with a wrong password says so and puts the caret there", async () => {
    const main = new FakeMain();
    const shown = await openSettings(main);
    await fillIn(shown);
    main.connect = () =>
      Promise.resolve({ ok: false, failure: { kind: "credentials-rejected", reason: "password" } } as const);
    await shown.user.click(button("Connect"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/does not accept/);
    expect(document.activeElement).toBe(field("Password"));
  });
});

describe("without a keychain", () => {
  async function asked(): Promise<{ main: FakeMain; shown: Screen }> {
    const main = new FakeMain();
    main.connect = ({ passwordStorage }) =>
      Promise.resolve(
        passwordStorage === "keychain"
          ? { ok: false, failure: { kind: "no-keychain" } }
          : { ok: true as const, value: info },
      );
    const shown = await openSettings(main);
    await fillIn(shown);
    await shown.user.click(button("Connect"));
    await screen.findByRole("group", { name: "This system has no keychain" });
    return { main, shown };
  }

  it.each([
    ["Keep until Qiao closes", "memory", /kept until Qiao closes/],
    ["Store unprotected", "plain", /stored unprotected/],
  ] as const)("“%s” keeps the password so, and says it", async (answer, storage, text) => {
    const { main, shown } = await asked();
    await shown.user.click(button(answer));
    await screen.findByText(text);
    expect(main.attempts.map(({ passwordStorage }) => passwordStorage)).toEqual(["keychain", storage]);
  });

  it("the question can be left, and then nothing is stored", async () => {
    const { main, shown } = await asked();
    await shown.user.click(button("Cancel"));
    expect(screen.queryByRole("group", { name: "This system has no keychain" })).toBeNull();
    expect([main.attempts.length, main.stored]).toEqual([1, null]);
  });
});

describe("a connection that stands", () => {
  function connected(passwordStorage: PasswordStorage = "memory"): FakeMain {
    const main = new FakeMain();
    main.stored = { ...info, passwordStorage };
    return main;
  }

  it("without its password shows everything else filled in, the caret in the password, and says why", async () => {
    const main = connected();
    const { user } = await openSettings(main, failed("missing"));
    await screen.findByText(/Enter the password of wei/);
    expect([field("Server address").value, field("Database").value, field("User name").value]).toEqual([
      info.address,
      info.database,
      info.user,
    ]);
    await waitFor(() => {
      expect(document.activeElement).toBe(field("Password"));
    });
    expect(button("Sync now").disabled).toBe(true);
    await user.keyboard("secret{Enter}");
    await waitFor(() => {
      expect(main.attempts).toEqual([{ ...info, password: "secret", passwordStorage: "keychain" }]);
    });
  });

  it("that loses its password leaves the caret where somebody is typing", async () => {
    const { user, notebook } = await openSettings(connected());
    await user.click(field("Server address"));
    notebook.setSyncStatus(failed("missing"));
    await screen.findByText(/Enter the password of wei/);
    expect(document.activeElement).toBe(field("Server address"));
  });

  it("is synced now when asked for", async () => {
    const { user, notebook } = await openSettings(connected());
    await user.click(button("Sync now"));
    expect(notebook.requests).toContain("syncNow");
  });

  it("is left by disconnecting", async () => {
    const { user } = await openSettings(connected());
    await user.click(button("Disconnect"));
    await screen.findByText(/^Disconnected\./);
    expect(screen.queryByRole("button", { name: "Sync now" })).toBeNull();
  });

  it("stays when it cannot be removed, and that is said", async () => {
    const main = connected();
    main.disconnect = () => Promise.resolve({ ok: false, failure: { kind: "settings-not-saved", detail: "EACCES" } });
    const { user } = await openSettings(main);
    await user.click(button("Disconnect"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/could not be removed.*EACCES/);
    expect(button("Sync now")).toBeTruthy();
  });
});

describe("the appearance", () => {
  it("is chosen by radio buttons, and text is made larger, smaller and usual", async () => {
    const main = new FakeMain();
    const { user } = await openSettings(main);
    const within = (name: string, choice: string): HTMLInputElement => {
      const group = screen.getByRole("radiogroup", { name });
      const found = [...group.querySelectorAll("input")].find((input) => input.labels?.[0]?.textContent === choice);
      if (!found) throw new Error(`no ${choice} in ${name}`);
      return found;
    };
    expect(within("Theme", "As the system").checked).toBe(true);
    await user.click(within("Theme", "Dark"));
    expect(within("Theme", "Dark").checked).toBe(true);
    await user.click(within("Density", "Compact"));
    expect(document.documentElement.dataset["density"]).toBe("compact");
    await user.click(button("Larger text"));
    await user.click(button("Larger text"));
    expect(screen.getByText("125 %")).toBeTruthy();
    await user.click(button("Usual size"));
    expect(screen.getByText("100 %")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Usual size" })).toBeNull();
  });

  it("that cannot be remembered is shown all the same, and said", async () => {
    const notSaved: MainClient = {
      invoke: () => Promise.resolve({ ok: false, failure: { kind: "settings-not-saved", detail: "ENOSPC" } } as never),
      on: () => () => undefined,
    };
    const shown = renderScreen(
      <LooksContext value={new Looks(notSaved, {})}>
        <MainContext value={new FakeMain().client}>
          <SettingsSection />
        </MainContext>
      </LooksContext>,
      { section: "settings" },
    );
    await screen.findByLabelText("Server address");
    await shown.user.click(button("Smaller text"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/could not be remembered \(ENOSPC\)/);
    expect(screen.getByText("90 %")).toBeTruthy();
  });
});
