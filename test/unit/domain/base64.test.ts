import { expect, it, vi } from "vitest";
import { base64Of, bytesOfBase64 } from "../../../src-renderer/domain/base64";

function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7) % 256);
}

it("is that of RFC 4648, whatever the length", () => {
  for (const length of [0, 1, 2, 3, 12_287, 12_288, 12_289, 24_577, 200_000]) {
    expect(base64Of(bytes(length)), `${String(length)} bytes`).toBe(Buffer.from(bytes(length)).toString("base64"));
    expect(Buffer.from(bytes(length)).equals(bytesOfBase64(base64Of(bytes(length)))), `${String(length)} bytes`).toBe(
      true,
    );
  }
});

it("says of what is no base64 that it is none", () => {
  for (const text of ["a", "é", "AA=A", "%%%%"]) expect(() => bytesOfBase64(text)).toThrow();
});

it("needs little stack, since a worker has little", () => {
  const apply = vi.spyOn(String, "fromCharCode");
  base64Of(bytes(200_000));
  const most = Math.max(...apply.mock.calls.map((characters) => characters.length));
  apply.mockRestore();
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(16_384);
});
