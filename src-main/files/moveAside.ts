import { rename } from "node:fs/promises";
import path from "node:path";

/** Renames `name.ext` to `name.corrupt-<instant>.ext` and answers the new name (without its folder). */
export async function moveAside(file: string, now: Date): Promise<string> {
  const { dir, name, ext } = path.parse(file);
  const aside = `${name}.corrupt-${now.toISOString().replaceAll(/[:.]/g, "-")}${ext}`;
  await rename(file, path.join(dir, aside));
  return aside;
}
