import type { ConnectionInfo, GatewayContract } from "../../../src-main/shared/gateway";
import type { Result } from "../../../src-main/shared/result";
import { serve, type Client, type Server, type Wire } from "../../../src-main/shared/rpc";
import type { BackupJoining } from "../../data/backup/backupJoining";
import { openNotebook } from "../../data/openNotebook";
import type { OpenParts } from "../../data/openParts";
import type { Notebook } from "../../data/notebook";
import type { ChangedRecord } from "../../data/effects";
import { aboutOf } from "../../domain/ids";
import type { SaveFailure } from "../../domain/saveFailure";
import type { QuarantineEntry, SyncStatus } from "../../domain/syncStatus";
import type { Verification, VerifyFailure } from "../../domain/verification";
import { readings } from "../../language/pinyin";
import { notebookContract, type Identity, type NotebookContract, type OpenState } from "../../ports/notebook";
import type { AsideFacts, AsideFailure } from "../../ports/setAside";
import { notebookKey, type createSyncEngine, type SyncEngine } from "../../sync/engine";
import { asideText } from "../../sync/asideText";
import { Journal } from "../../sync/journal";
import { Verifier } from "../../sync/verifier";
import type { Progress } from "../../sync/verify";

export interface NotebookWorkerParts extends Pick<
  OpenParts,
  "openTable" | "removeTable" | "ledger" | "sealer" | "clock" | "readShipped" | "log"
> {
  readonly gateway: Client<GatewayContract>;
  readonly createEngine: typeof createSyncEngine;
  /** This app's version. */
  readonly version: string;
}

/** Between two looks at how old the bin is, in ms of the server's clock. */
const BIN_LOOK = 60 * 60 * 1000;
/** Changed records told in one message. */
const CHANGED_PER_MESSAGE = 500;

/**
 * Answers the page from the moment of the call; requests wait until `parts` are there and the notebook is open. An
 * opening that failed is tried again when the page asks for it.
 */
export function serveNotebook(page: Wire, parts: () => Promise<NotebookWorkerParts>): Server<NotebookContract> {
  const running = parts().then((given) => new RunningNotebook(given, () => server));

  async function notebook(): Promise<Notebook> {
    return (await running).opened();
  }

  /** While the store is made anew it can be read already; edits wait until it is whole. */
  async function readable(): Promise<ReadableNotebook> {
    return (await running).readable();
  }

  const server: Server<NotebookContract> = serve(page, notebookContract, {
    open: async () => (await running).open(),
    begin: async ({ name }) => (await running).begin(name),
    list: async (query) => (await readable()).list(query),
    ids: async (listed) => (await readable()).ids(listed),
    place: async (asked) => (await readable()).place(asked),
    outline: async (query) => (await readable()).outline(query),
    outlinePlace: async (asked) => (await readable()).outlinePlace(asked),
    bin: async (query) => (await readable()).bin(query),
    emptyBin: async ({ ids }) => (await notebook()).emptyBin(ids),
    today: async ({ now }) => (await readable()).today(now),
    waiting: async (part) => (await readable()).waiting(part, (await running).isConnected),
    editMany: async ({ edits }) => (await notebook()).editMany(edits),
    undo: async () => (await notebook()).undo(),
    redo: async () => (await notebook()).redo(),
    history: async () => (await notebook()).history(),
    backupPreview: async (_, { signal }) => {
      const joining = await (await running).backup();
      return joining.preview((done) => {
        server.emit("backupProgress", { done });
      }, signal);
    },
    backupJoin: async ({ bringBack }, { signal }) => (await (await running).backup()).join(bringBack, signal),
    backupLeave: async () => {
      (await (await running).backup()).leave();
      return null;
    },
    retry: async ({ id, direction }) => {
      await (await running).retry(id, direction);
      return null;
    },
    review: async (asked) => (await notebook()).review(asked),
    syncLog: async () => (await running).journal.list(),
    recordSync: async ({ id, since }, { signal }) => (await notebook()).recordSync(id, since, signal),
    asideFacts: async ({ ids }, { signal }) => {
      const facts: AsideFacts[] = [];
      for (const id of ids) facts.push(await (await running).asideFacts(id, signal));
      return facts;
    },
    asideText: async (entry, { signal }) => (await running).asideText(entry, signal),
    takeServers: async ({ id }) => (await notebook()).takeServers(id),
    keepAside: async ({ id, direction }) => (await notebook()).keepAside(id, direction),
    verify: async (_, { signal }) => (await running).verify("verify", signal),
    putRight: async (_, { signal }) => (await running).verify("putRight", signal),
    rows: async ({ ids }) => (await readable()).rows(ids),
    read: async ({ id }) => (await readable()).read(id),
    edit: async ({ edit }) => (await notebook()).edit(edit),
    readings: ({ text, kind }) => readings(text, kind),
    versions: async ({ id }, { signal }) => {
      const { versions } = await notebook();
      return versions.versions(
        id,
        (read, of) => {
          server.emit("versionsProgress", { id, done: of === 0 ? 1 : read / of });
        },
        signal,
      );
    },
    version: async ({ id, key, against }) => (await notebook()).versions.version(id, key, against),
    restoreVersion: async ({ id, key, side }) => (await notebook()).versions.restore(id, key, side),
    openNote: async ({ about }) => (await notebook()).openNote(about),
    updateNote: async ({ about, update }) => (await notebook()).updateNote(about, update),
    closeNote: async ({ about }) => {
      await (await notebook()).closeNote(about);
      return null;
    },
    flush: async () => {
      await (await notebook()).flush();
      return null;
    },
    syncStatus: async () => {
      // There is nothing to say of a notebook that is not open yet.
      await notebook();
      return (await running).syncStatus();
    },
    syncNow: async () => {
      await (await running).syncNow();
      return null;
    },
    quarantine: async () => (await notebook()).quarantine(),
  });
  return server;
}

/** What can be asked of a notebook that is still being made anew. */
type ReadableNotebook = Pick<
  Notebook,
  "list" | "ids" | "place" | "outline" | "outlinePlace" | "bin" | "today" | "waiting" | "rows" | "read"
>;

/** The notebook and its sync, from the first request on. */
class RunningNotebook {
  private opening: Promise<Notebook> | undefined;
  /** The notebook that is being made anew, once it can be read. */
  private filling: Notebook | undefined;
  /** Resolves when that is so; it need never be. */
  private shown: Promise<Notebook> | undefined;
  private joining: BackupJoining | undefined;
  readonly journal: Journal;
  private verifier: Verifier | undefined;
  private engine: SyncEngine | undefined;
  private isBegun = false;
  /** The server's clock when the bin was last looked at. */
  private binSeen = Number.NEGATIVE_INFINITY;
  /** The notebook on the server; null while none is connected. */
  private connected: string | null = null;

  constructor(
    private readonly parts: NotebookWorkerParts,
    private readonly server: () => Server<NotebookContract>,
  ) {
    this.journal = new Journal(parts.clock);
    parts.gateway.on("connection", ({ connection }) => {
      this.connect(connection);
    });
  }

  get isConnected(): boolean {
    return this.connected !== null;
  }

  async open(): Promise<OpenState> {
    try {
      const notebook = await this.readable();
      const { identity, replayed, damagedFiles, rebuilt } = notebook;
      return { kind: "open", identity, replayed, damagedFiles, rebuilt, isRebuilding: notebook === this.filling };
    } catch (error) {
      if (error instanceof OpenFailed) return { kind: "failed", failure: error.failure };
      throw error;
    }
  }

  /** The open notebook; rejects with `OpenFailed`, and begins anew when asked again. */
  opened(): Promise<Notebook> {
    this.opening ??= this.openOnce().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /** The open notebook, or the one that is being made anew. */
  readable(): Promise<Notebook> {
    const opened = this.opened();
    if (this.filling) return Promise.resolve(this.filling);
    return this.shown ? Promise.race([opened, this.shown]) : opened;
  }

  /** The way to join a backup; one at a time, as main opens one at a time. */
  async backup(): Promise<BackupJoining> {
    const notebook = await this.opened();
    this.joining ??= notebook.joining(this.parts.ledger);
    return this.joining;
  }

  async begin(name: string): Promise<Result<Identity, SaveFailure>> {
    const begun = await (await this.opened()).begin(name);
    if (begun.ok && !this.isBegun) {
      this.isBegun = true;
      this.startSync();
    }
    return begun;
  }

  syncStatus(): SyncStatus {
    return this.engine?.status() ?? { kind: "not-connected", waiting: 0 };
  }

  /** A person asks for it, so the gateway may also try what the server refused a while ago. */
  async syncNow(): Promise<void> {
    await this.parts.gateway.request("tryAgain", {});
    this.engine?.syncNow();
  }

  async retry(id: string, direction: QuarantineEntry["direction"]): Promise<void> {
    await this.opened();
    await this.engine?.retry(id, direction);
  }

  async asideText(
    entry: Pick<QuarantineEntry, "id" | "direction">,
    signal: AbortSignal,
  ): Promise<Result<string, AsideFailure>> {
    const { known } = await this.opened();
    return asideText({ known, gateway: this.parts.gateway }, entry, signal);
  }

  async asideFacts(id: string, signal: AbortSignal): Promise<AsideFacts> {
    const notebook = await this.opened();
    const text = await this.asideText({ id, direction: "push" }, signal);
    const bytes = text.ok ? new TextEncoder().encode(text.value).length : null;
    return { id, bytes, hasServers: await notebook.canTakeServers(id) };
  }

  /** Compares both stores, or puts right what the last comparison found. */
  async verify(work: "verify" | "putRight", signal: AbortSignal): Promise<Result<Verification, VerifyFailure>> {
    const notebook = await this.opened();
    const { gateway, clock } = this.parts;
    const { journal } = this;
    this.verifier ??= new Verifier({
      store: notebook.syncStore,
      known: notebook.known,
      gateway,
      clock,
      journal,
      fetchAgain: async (id) => this.engine?.retry(id, "pull"),
    });
    const tell = (progress: Progress): void => {
      this.server().emit("verifyProgress", progress);
    };
    return this.verifier[work](this.connected, tell, signal);
  }

  /** Looks at the bin now and then; what cannot be done now is done at the next look. */
  private ageBin(notebook: Notebook, serverTime: number): void {
    if (Math.abs(serverTime - this.binSeen) < BIN_LOOK) return;
    this.binSeen = serverTime;
    notebook.ageBin(serverTime).catch((error: unknown) => {
      this.parts.log("the bin was not looked at", String(error));
    });
  }

  private async openOnce(): Promise<Notebook> {
    const { parts, server } = this;
    let show: (notebook: Notebook) => void = () => undefined;
    this.shown = new Promise((resolve) => {
      show = resolve;
    });
    const opened = await openNotebook({
      ...parts,
      onChanged: (records) => {
        for (const part of partsOf(records)) server().emit("changed", { records: part });
      },
      onNoteChanged: (note, update) => {
        // A copy of its own: the message would otherwise carry the whole buffer that an update may be a window of.
        server().emit("noteChanged", { about: aboutOf(note), update: new Uint8Array(update) });
      },
      onHistory: (state) => {
        server().emit("history", { state });
      },
      onQuarantine: () => {
        server().emit("quarantine", {});
      },
      onTrouble: (failure) => {
        server().emit("trouble", { failure });
      },
      onReadable: (notebook) => {
        this.filling = notebook;
        show(notebook);
      },
      onRebuilding: (progress) => {
        server().emit("rebuilding", progress);
      },
    });
    const wasShown = this.filling !== undefined;
    this.filling = undefined;
    this.shown = undefined;
    if (!opened.ok) {
      // The page shows a notebook that cannot be written to any more.
      if (wasShown) server().emit("trouble", { failure: opened.failure });
      throw new OpenFailed(opened.failure);
    }
    const notebook = opened.value;
    if (notebook.rebuilt) server().emit("rebuilt", { rebuilt: notebook.rebuilt });
    const { gateway, clock, createEngine, log, version } = parts;
    const { journal } = this;
    this.isBegun = notebook.identity !== null;
    let serverTime: number | undefined;
    this.engine = createEngine({
      store: notebook.syncStore,
      gateway,
      clock,
      log,
      journal,
      version,
      onServerTime: (time) => {
        serverTime = time;
      },
    });
    this.engine.onStatus((status) => {
      server().emit("syncStatus", { status });
      if (status.kind === "synced" && serverTime !== undefined) this.ageBin(notebook, serverTime);
    });
    // Not waited for: the page must open without the network, and an event follows every change.
    void gateway.request("connection", {}).then(
      (connection) => {
        this.connect(connection);
      },
      (error: unknown) => {
        log("no gateway", String(error));
      },
    );
    return notebook;
  }

  private connect(connection: ConnectionInfo | null): void {
    const notebook = connection && notebookKey(connection);
    if (notebook === this.connected) {
      // The same place, perhaps with a new password.
      if (notebook !== null) this.engine?.syncNow();
      return;
    }
    this.connected = notebook;
    this.startSync();
  }

  /** The sync begins with the first identity: what it leaves on the server bears this computer's name. */
  private startSync(): void {
    if (!this.engine) return;
    if (this.connected === null) void this.engine.stop();
    else if (this.isBegun) this.engine.start(this.connected);
  }
}

class OpenFailed extends Error {
  constructor(readonly failure: SaveFailure) {
    super(`the notebook cannot be opened: ${failure.kind}`);
  }
}

function* partsOf(records: readonly ChangedRecord[]): Generator<ChangedRecord[]> {
  for (let from = 0; from < records.length; from += CHANGED_PER_MESSAGE) {
    yield records.slice(from, from + CHANGED_PER_MESSAGE);
  }
}
