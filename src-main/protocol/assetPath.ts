import path from "node:path";

/** Where the app's own files lie. */
export interface AssetFolders {
  /** The built page with its scripts. */
  readonly page: string;
  /** Reference data, served under `/resources/`. */
  readonly resources: string;
}

export interface Asset {
  readonly file: string;
  readonly contentType: string;
}

/** Types are given by this table alone; what is not in it is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Letters, digits and `. _ -`, not beginning with a dot: no way up, no drive, no stream, no hidden file. */
const safeSegment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** The file that an `app://qiao/` address names; null if it names none that may be served. */
export function assetFor(address: string, folders: AssetFolders): Asset | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "app:" || url.host !== "qiao") return null;
  const pathname = url.pathname === "/" ? "/index.html" : url.pathname;
  const segments = pathname.slice(1).split("/");
  if (!segments.every((segment) => safeSegment.test(segment))) return null;
  const contentType = contentTypes[path.posix.extname(pathname)];
  if (contentType === undefined) return null;
  if (segments[0] !== "resources") return { file: path.join(folders.page, ...segments), contentType };
  if (segments.length !== 2 || !pathname.endsWith(".json")) return null;
  return { file: path.join(folders.resources, ...segments.slice(1)), contentType };
}
