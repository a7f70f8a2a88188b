import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { KeyHolder } from "../../src-main/keys/keyHolder";
import { keysHandlers } from "../../src-main/keys/keysHandlers";
import type { IpcContract } from "../../src-main/shared/ipc";
import { ipcContract } from "../../src-main/shared/ipc";
import type { Answer, Args, RequestName } from "../../src-main/shared/rpc";
import { success } from "../../src-main/shared/result";
import type { MainClient } from "../../src-renderer/platform/bridge";
import { cheapHash } from "./cheapHash";
import { testKeychain } from "./testKeychain";

type Name = RequestName<IpcContract>;
type Answers = {
  [N in Name]?: (args: Args<IpcContract, N>) => Answer<IpcContract, N> | Promise<Answer<IpcContract, N>>;
};

export interface KeysMain {
  readonly client: MainClient;
  readonly holder: KeyHolder;
  /** Arguments of all requests of a name, in order. */
  readonly asked: <N extends Name>(name: N) => readonly Args<IpcContract, N>[];
  /** Answers a request from now on. */
  readonly answer: <N extends Name>(name: N, answer: NonNullable<Answers[N]>) => void;
  /** The app starts again on the same folder. */
  readonly restarted: (options?: Computer) => Promise<KeysMain>;
  readonly remove: () => Promise<void>;
}

/** What the computer offers. `keychain`: the name of the one it has; none for null. */
export interface Computer {
  readonly keychain: string | null;
}

const silent = { info: () => {}, error: () => {} };

/** The main process as far as it holds the real keys of one folder; its passphrases are hashed cheaply. */
export async function keysMain(computer: Computer, folder?: string): Promise<KeysMain> {
  const home = folder ?? (await mkdtemp(path.join(tmpdir(), "qiao-keys-")));
  const { keychain } = computer;
  const holder = await KeyHolder.open({
    folder: home,
    keychain: testKeychain(keychain === null ? { isAvailable: false } : { key: keychain }),
    hash: cheapHash,
    now: () => new Date(),
    log: silent,
  });
  const requests: { readonly name: string; readonly args: unknown }[] = [];
  const settings = {};
  const answers: Answers = {
    ...(keysHandlers(holder) as unknown as Answers),
    "keys:lock": () => holder.lock(),
    "keys:rotate": ({ passphrase }) => holder.beginRotation(passphrase),
    "notebook:set-aside": async () => {
      const aside = await holder.setAside();
      return aside.ok ? success(null) : aside;
    },
    "settings:read": () => settings,
    "settings:change": (changes) => success(Object.assign(settings, changes)),
  };
  const client: MainClient = {
    invoke: async (name, args) => {
      requests.push({ name, args });
      const answer = answers[name];
      if (!answer) throw new Error(`not asked by this screen: ${name}`);
      return await answer(ipcContract.requests[name].args.parse(args) as never);
    },
    on: (event, listener) =>
      event === "keys:state"
        ? holder.onState((state) => {
            listener({ state } as never);
          })
        : () => undefined,
  };
  return {
    client,
    holder,
    asked: (name) => requests.filter((each) => each.name === name).map(({ args }) => args as never),
    answer: (name, answer) => {
      answers[name] = answer as never;
    },
    restarted: async (options = computer) => {
      await holder.close();
      return keysMain(options, home);
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
