import { expect, it } from "vitest";
import { failure, success, type Result } from "../../../src-main/shared/result";
import type { Edit } from "../../../src-renderer/domain/edit";
import type { SaveFailure } from "../../../src-renderer/domain/saveFailure";
import { EditQueue } from "../../../src-renderer/platform/editQueue";
import { SaveStates } from "../../../src-renderer/platform/saveStates";
import { createFakeNotebook } from "../../support/fakeNotebook";

const id = "meeting:1";
const tooLarge: SaveFailure = { kind: "too-large", field: "attendees", limit: 100_000 };

function attendee(itemId: string): Edit {
  return { kind: "change", id, changes: [{ op: "putItem", field: "attendees", item: { id: itemId } }] };
}

function aQueue(answers: Result<null, SaveFailure>[]): { readonly edits: EditQueue; readonly saves: SaveStates } {
  const saves = new SaveStates();
  const client = createFakeNotebook();
  const request = (() => Promise.resolve(answers.shift() ?? success(null))) as typeof client.request;
  return { edits: new EditQueue({ ...client, request }, saves), saves };
}

it("an edit that is refused for good is named until the next edit of its record", async () => {
  const { edits, saves } = aQueue([failure(tooLarge)]);
  await edits.send(attendee("a"));
  expect(saves.of(id)).toEqual({ kind: "not-saved", failure: tooLarge });
  expect(saves.failure).toEqual(tooLarge);
  await edits.send(attendee("b"));
  expect(saves.of(id)).toEqual({ kind: "saved" });
  expect(saves.busy).toBe(false);
});

it("an edit that is refused for good is no longer named once the person gave it up", async () => {
  const { edits, saves } = aQueue([failure(tooLarge)]);
  await edits.send(attendee("a"));
  edits.dismiss(id);
  expect(saves.of(id)).toEqual({ kind: "saved" });
  expect(saves.failure).toBeNull();
});

it("an edit that a full disk held up is not given up for a later one", async () => {
  const { edits, saves } = aQueue([failure({ kind: "disk-full" })]);
  await edits.send(attendee("a"));
  await edits.send(attendee("b"));
  expect(saves.of(id)).toEqual({ kind: "not-saved", failure: { kind: "disk-full" } });
  await edits.flush();
  expect(saves.of(id)).toEqual({ kind: "saved" });
});

const remove = (slug: string): Edit => ({ kind: "delete", id: `meeting:${slug}` });

it("many edits that a full disk held up are tried again, but not those that a later edit replaced", async () => {
  const saves = new SaveStates();
  const notebook = createFakeNotebook();
  for (const slug of ["1", "2"]) notebook.put("meeting", slug, { title: slug });
  const edits = new EditQueue(notebook, saves);
  notebook.failWith({ kind: "disk-full" });
  await edits.sendMany([remove("1"), remove("2")]);
  expect(saves.of("meeting:2")).toEqual({ kind: "not-saved", failure: { kind: "disk-full" } });
  notebook.failWith(null);
  await edits.send({ kind: "restore", id: "meeting:1" });
  await edits.flush();
  expect(notebook.stored("meeting:1")?.deletedAt).toBeUndefined();
  expect(notebook.stored("meeting:2")?.deletedAt).toBeDefined();
  expect(saves.busy).toBe(false);
});

it("many edits are told of once, and refused for good are named with every record", async () => {
  const { edits, saves } = aQueue([failure(tooLarge)]);
  let told = 0;
  saves.subscribe(() => {
    told += 1;
  });
  await edits.sendMany([remove("1"), remove("2"), remove("3")]);
  expect(told).toBe(2);
  expect(saves.of("meeting:3")).toEqual({ kind: "not-saved", failure: tooLarge });
  edits.dismiss("meeting:3");
  expect(saves.of("meeting:3")).toEqual({ kind: "saved" });
  expect(saves.of("meeting:2")).toEqual({ kind: "not-saved", failure: tooLarge });
});
