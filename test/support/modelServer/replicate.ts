import type { Database } from "./database";
import { ancestors } from "./revisionTree";
import { counted } from "./writing";

/**
 * Brings every leaf of one database to another with its history, as a replication with `new_edits: false` does. Both
 * then have the same leaves and so the same winner; edits made on both sides become conflicts.
 */
export function replicate(source: Database, target: Database): void {
  let moved = false;
  for (const shard of source.shards) {
    for (const { id, tree } of shard.after(0)) {
      for (const leaf of tree.leaves) {
        if (leaf.content === null) continue;
        const path = ancestors(leaf).map((revision) => revision.id);
        const { pos, deleted, content } = leaf;
        const slot = target.slot(id);
        const news = { isNew: false };
        counted(target, slot, () => (news.isNew = slot.tree.merge(pos, path, deleted, content, target.revsLimit)));
        if (!news.isNew) continue;
        target.shards[slot.shard].touch(slot);
        moved = true;
      }
    }
  }
  if (moved) target.changed();
}
