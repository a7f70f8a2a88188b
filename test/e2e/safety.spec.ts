import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type {} from "../../src-renderer/platform/bridge";
import { expect, test } from "../support/app";

/** Section 10 of the design, asked of the running app. */

declare global {
  interface Window {
    injected?: boolean;
    violations?: string[];
  }
}

async function collectViolations(page: Page): Promise<void> {
  await page.evaluate(() => {
    const violations: string[] = [];
    window.violations = violations;
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
  });
}

test("the page has nothing of Node or Electron but the typed bridge", async ({ launch }) => {
  const { page } = await launch();
  const seen = await page.evaluate(() => ({
    globals: ["require", "process", "module", "Buffer", "global", "electron", "__dirname"].filter(
      (name) => name in globalThis,
    ),
    bridge: Object.keys(window.qiao ?? {}).sort(),
  }));
  expect(seen).toEqual({ globals: [], bridge: ["invoke", "on"] });
});

test("the renderer runs in the system's sandbox", async ({ launch }) => {
  const { app } = await launch();
  const renderers = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().flatMap(({ type, pid }) => (type === "Tab" ? [pid] : [])),
  );
  expect(renderers).not.toHaveLength(0);
  // Root has no sandbox of Chromium's at all (--no-sandbox); for others a filter of system calls is in force.
  const filter = process.getuid?.() === 0 ? "0" : "2";
  for (const pid of renderers) {
    expect(/^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1]).toBe(filter);
  }
});

test("the policy blocks inline and remote scripts, remote requests, pictures and frames", async ({ launch }) => {
  const { page, expectProblems } = await launch();
  await collectViolations(page);
  const outcome = await page.evaluate(async () => {
    const add = (name: string, attributes: Record<string, string>, text = ""): void => {
      const element = Object.assign(document.createElement(name), attributes);
      element.append(text);
      document.body.append(element);
    };
    add("script", {}, "window.injected = true");
    add("script", { src: "https://example.com/script.js" });
    add("img", { src: "https://example.com/picture.png" });
    add("iframe", { src: "https://example.com/" });
    const fetched = await fetch("https://example.com/").then(
      () => "answered",
      () => "refused",
    );
    const worker = await new Promise<string>((resolve) => {
      try {
        const started = new Worker(URL.createObjectURL(new Blob(["postMessage('ran')"])));
        started.onmessage = () => resolve("ran");
        started.onerror = () => resolve("refused");
      } catch {
        resolve("refused");
      }
    });
    return { fetched, worker, injected: window.injected };
  });
  expect(outcome).toEqual({ fetched: "refused", worker: "refused", injected: undefined });
  await expect
    .poll(() => page.evaluate(() => [...new Set(window.violations)].sort()))
    .toEqual(["connect-src", "frame-src", "img-src", "script-src-elem", "worker-src"]);
  expectProblems(/Content Security Policy/);
});

test("the policy comes with the page and allows no inline script and no evaluation", async ({ launch }) => {
  const { page } = await launch();
  const policy = await page.evaluate(async () => {
    const { headers } = await fetch(location.href);
    return headers.get("content-security-policy") ?? "";
  });
  expect(policy).toContain("default-src 'none'");
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
  expect(scripts).toBe("'self'");
});

test("new windows and navigation are denied", async ({ launch }) => {
  const { app, page, expectProblems } = await launch();
  const address = page.url();
  for (const target of ["https://example.com/", "file:///etc/passwd", "about:blank", address]) {
    expect(await page.evaluate((url) => window.open(url) === null, target), `window.open ${target}`).toBe(true);
  }
  for (const target of ["https://example.com/", "file:///etc/passwd", "data:text/html,hello"]) {
    await page.evaluate((url) => {
      const link = Object.assign(document.createElement("a"), { href: url });
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    await page.waitForTimeout(200);
    expect(page.url(), `navigation to ${target}`).toBe(address);
  }
  expect(app.windows()).toHaveLength(1);
  expectProblems(/Not allowed to load local resource/, /Not allowed to navigate top frame to data URL/);
});

test("requests for permissions are denied", async ({ launch }) => {
  const { page } = await launch();
  const answers = await page.evaluate(async () => {
    const refusal = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => "granted",
        (error: unknown) => (error as Error).name,
      );
    const names = ["geolocation", "notifications", "camera", "microphone", "midi", "persistent-storage"];
    const states = await Promise.all(
      names.map(async (name) => {
        const status = await navigator.permissions.query({ name: name as PermissionName });
        return `${name} ${status.state}`;
      }),
    );
    return {
      notification: await Notification.requestPermission(),
      position: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve("granted"),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? "denied" : "failed"),
        );
      }),
      clipboard: await refusal(navigator.clipboard.readText()),
      granted: states.filter((state) => state.endsWith("granted")),
    };
  });
  expect(answers).toEqual({ notification: "denied", position: "denied", clipboard: "NotAllowedError", granted: [] });
});

test("files outside the app are not served", async ({ launch }) => {
  const { page, expectProblems } = await launch();
  const served = await page.evaluate(async () => {
    const home = location.href.replace(/\/$/, "");
    const paths = [
      "/../../package.json",
      "/%2e%2e/%2e%2e/package.json",
      "/..%2f..%2fpackage.json",
      "/..%5c..%5cpackage.json",
      "//etc/passwd",
      "/%00",
      "/assets/../../main/main.js",
    ];
    const answers = await Promise.all(paths.map(async (path) => ({ path, ok: (await fetch(home + path)).ok })));
    return answers.flatMap(({ path, ok }) => (ok ? [path] : []));
  });
  expect(served).toEqual([]);
  expectProblems(/status of 404/);
});

test("main refuses unknown requests and arguments that do not parse", async ({ launch }) => {
  const { page } = await launch();
  const answered = await page.evaluate(async () => {
    const requests: [channel: string, args: unknown][] = [
      ["fs:read", { path: "/etc/passwd" }],
      ["__proto__", {}],
      ["settings:change", { language: "xx" }],
      ["settings:change", null],
      ["link:open", { url: "file:///etc/passwd" }],
      ["link:open", { url: "javascript:alert(1)" }],
      ["sync:connect", { address: "https://example.com" }],
    ];
    const { qiao } = window;
    if (!qiao) return ["there is no bridge"];
    const outcomes = await Promise.allSettled(requests.map(([channel, args]) => qiao.invoke(channel, args)));
    return requests.filter((_, index) => outcomes[index]?.status === "fulfilled");
  });
  expect(answered).toEqual([]);
});
