import { expect, test } from "../support/app";

test("without a keychain the system's store is known to protect nothing", async ({ launch }) => {
  const { app } = await launch({ keychain: false });
  const backend = await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());
  expect(backend).toBe("basic_text");
});

test("with a keychain a secret survives a kill, and only that installation reads it", async ({
  launch,
  temporaryFolder,
}) => {
  const userDataDir = temporaryFolder("with-keychain");
  const first = await launch({ keychain: true, userDataDir });
  const kept = await first.app.evaluate(({ safeStorage }) => ({
    backend: safeStorage.getSelectedStorageBackend(),
    isAvailable: safeStorage.isEncryptionAvailable(),
    secret: safeStorage.encryptString("北京 password").toString("base64"),
  }));
  expect(kept).toMatchObject({ backend: "gnome_libsecret", isAvailable: true });
  await first.kill();

  const again = await launch({ keychain: true, userDataDir });
  const read = await again.app.evaluate(
    ({ safeStorage }, secret) => safeStorage.decryptString(Buffer.from(secret, "base64")),
    kept.secret,
  );
  expect(read).toBe("北京 password");

  const other = await launch({ keychain: true });
  const attempt = other.app.evaluate(
    ({ safeStorage }, secret) => safeStorage.decryptString(Buffer.from(secret, "base64")),
    kept.secret,
  );
  await expect(attempt).rejects.toThrow();
});
