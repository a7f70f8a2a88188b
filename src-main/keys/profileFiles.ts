/** Files and folders of ours in a profile folder, drafts and files put aside included. */
const ours = /^(notebook(\.sealed-.*)?|logs|(settings|connection|backup)(\..*)?\.json(\.new)?|Partitions)$/;

/**
 * What Chromium keeps in a profile folder, by the names it gives (chrome/common/chrome_constants.cc and the content
 * layer's storage), with the journals of its databases. `Singleton*` and `lockfile` stay: they only say who runs.
 */
const chromiums = new Set([
  "AutofillStrikeDatabase",
  "blob_storage",
  "Cache",
  "Code Cache",
  "Cookies",
  "Crash Reports",
  "Crashpad",
  "databases",
  "DawnCache",
  "DawnGraphiteCache",
  "DawnWebGPUCache",
  "DevToolsActivePort",
  "Dictionaries",
  "DIPS",
  "Extension State",
  "File System",
  "GPUCache",
  "GrShaderCache",
  "GraphiteDawnCache",
  "IndexedDB",
  "InterestGroups",
  "Local State",
  "Local Storage",
  "MediaDeviceSalts",
  "Network",
  "Network Persistent State",
  "Preferences",
  "PrivateAggregation",
  "QuotaManager",
  "Reporting and NEL",
  "Service Worker",
  "Session Storage",
  "ShaderCache",
  "Shared Dictionary",
  "SharedStorage",
  "TransportSecurity",
  "Trust Tokens",
  "VideoDecodeStats",
  "WebRTC Logs",
  "WebStorage",
  "component_crx_cache",
  "shared_proto_db",
]);
const journals = /(-journal|-wal|-shm)$/;
/** Drafts of Chromium's files that a crash left. */
const drafts = /^\.(org\.chromium\.|com\.google\.)|\.TMP$|~RF[0-9a-f]+\.TMP$/i;

/**
 * Whether erasing the notebook takes this entry of the profile folder with it. Anything else stays: the folder may be
 * one that a person chose, with things of their own in it.
 */
export function isOfProfile(name: string): boolean {
  return ours.test(name) || chromiums.has(name.replace(journals, "")) || drafts.test(name);
}
