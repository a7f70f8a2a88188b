import { afterEach, expect, test } from "vitest";
import { startSyncServer, type SyncServer } from "../support/syncServer";

let server: SyncServer | undefined;
afterEach(async () => {
  await server?.dispose();
  server = undefined;
});

function asMember(of: SyncServer, resource = ""): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${of.user}:${of.password}`).toString("base64")}`;
  return fetch(`${of.address}/${of.database}${resource}`, { headers: { authorization, accept: "application/json" } });
}

test("the printed user and password open the printed database, and nobody else does", async () => {
  server = await startSyncServer({ memory: true });
  expect((await asMember(server)).status).toBe(200);
  expect((await fetch(`${server.address}/${server.database}`)).status).toBe(401);
  const wrong = { ...server, password: "not the password" };
  expect((await asMember(wrong)).status).toBe(401);
});

test("documents, password and member are the same after a kill and a restart", async () => {
  server = await startSyncServer();
  await server.admin("PUT", `${server.database}/contact:1`, { type: "contact" });
  await server.kill();
  await server.restart();
  const answer = await asMember(server, "/contact:1");
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ type: "contact" });
});

test("a database made anew is empty and has the same member", async () => {
  server = await startSyncServer();
  await server.admin("PUT", `${server.database}/contact:1`, { type: "contact" });
  await server.recreateDatabase();
  expect((await asMember(server)).status).toBe(200);
  expect((await asMember(server, "/contact:1")).status).toBe(404);
});

test("a long-poll gives signs of life while nothing changes", async () => {
  server = await startSyncServer({ memory: true });
  const answer = await asMember(server, "/_changes?feed=longpoll&since=0&heartbeat=100");
  const reader = answer.body?.getReader();
  let text = "";
  while (reader && text.split("\n").length < 5) {
    const { value, done } = await reader.read();
    if (done) break;
    text += new TextDecoder().decode(value);
  }
  await reader?.cancel();
  expect(text.split("\n").length).toBeGreaterThanOrEqual(5);
});
