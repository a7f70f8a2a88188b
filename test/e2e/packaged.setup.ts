import { existsSync } from "node:fs";
import { expect, test } from "../support/app";
import { packagedProgram, packForTests } from "../support/packedProgram";

test("the program is packed into a deb", async () => {
  test.setTimeout(300_000);
  await packForTests(process.env["QIAO_ELECTRON"] ?? "");
  expect(existsSync(packagedProgram)).toBe(true);
});
