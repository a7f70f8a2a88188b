import { createContext, use, useState, type ReactNode } from "react";
import type { Client } from "../../src-main/shared/rpc";
import type { NotebookContract } from "../ports/notebook";
import { BegunRecords } from "./begunRecords";
import { EditQueue } from "./editQueue";
import { Drafts } from "./fieldDraft";
import { LastExchange } from "./lastExchange";
import { RowCache } from "./rowCache";
import { SaveStates } from "./saveStates";

/** The notebook's port and what the page keeps beside it: nothing here is a second copy of the data. */
export interface NotebookSession {
  readonly client: Client<NotebookContract>;
  readonly rows: RowCache;
  readonly saves: SaveStates;
  readonly edits: EditQueue;
  readonly drafts: Drafts;
  readonly begun: BegunRecords;
  readonly lastExchange: LastExchange;
}

export function createNotebookSession(client: Client<NotebookContract>): NotebookSession {
  const saves = new SaveStates();
  return {
    client,
    rows: new RowCache(client),
    saves,
    edits: new EditQueue(client, saves),
    drafts: new Drafts(saves),
    begun: new BegunRecords(),
    lastExchange: new LastExchange(client),
  };
}

const NotebookContext = createContext<NotebookSession | null>(null);

/** Gives a session to the screens below; tests may give only the client. */
export function NotebookProvider(props: {
  readonly session?: NotebookSession;
  readonly client?: Client<NotebookContract>;
  readonly children: ReactNode;
}): ReactNode {
  const [session] = useState(() => {
    if (props.session) return props.session;
    if (props.client) return createNotebookSession(props.client);
    throw new Error("NotebookProvider needs a session or a client");
  });
  return <NotebookContext value={session}>{props.children}</NotebookContext>;
}

export function useNotebookSession(): NotebookSession {
  const session = use(NotebookContext);
  if (!session) throw new Error("used outside of NotebookProvider");
  return session;
}

/** The typed port to the notebook worker. */
export function useNotebook(): Client<NotebookContract> {
  return useNotebookSession().client;
}
