import type { NoteNotebook } from "../../editor/noteSession";
import { flushOpenNotes, hasUnsavedNotes } from "../../editor/openNotes";
import { isIdOf } from "../../domain/ids";
import type { NotebookSession } from "../../platform/notebook";
import { sendEdit } from "../../platform/saveStates";

const known = new WeakMap<NotebookSession, NoteNotebook>();

/**
 * The notebook as the note of a meeting sees it: where the note is the first thing entered in a new meeting, the
 * meeting is stored before it, so that no note is ever about nothing. One per session: the editor keeps its open notes
 * by this object.
 */
export function noteNotebookOf(session: NotebookSession): NoteNotebook {
  const made = known.get(session) ?? makeNoteNotebook(session);
  known.set(session, made);
  return made;
}

function makeNoteNotebook({ client, begun, drafts }: NotebookSession): NoteNotebook {
  // As long as the session: a note whose editor has gone may still hold text that is not saved.
  drafts.register({ flush: flushOpenNotes, unsaved: hasUnsavedNotes });
  const stored = new Set<string>();

  async function store(about: string): Promise<Awaited<ReturnType<typeof sendEdit>> | null> {
    const changes = begun.changesOf(about);
    if (changes === null || stored.has(about) || !isIdOf("meeting", about)) return null;
    // Creating what is there already changes nothing.
    const created = await sendEdit(client, {
      kind: "create",
      id: about,
      type: "meeting",
      visibility: "project",
      changes: [...changes],
    });
    if (created.ok) stored.add(about);
    return created;
  }

  const request: NoteNotebook["request"] = async (name, args, options) => {
    if (name === "updateNote" && "about" in args) {
      const created = await store(args.about);
      if (created && !created.ok) return created as never;
    }
    return client.request(name, args, options);
  };
  return { request, on: (event, listener) => client.on(event, listener) };
}
