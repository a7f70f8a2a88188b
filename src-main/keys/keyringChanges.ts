import type { KitState } from "../shared/keys";
import { nextName, type Keyring } from "./keyring";
import type { PortableWrap } from "./notebookKeys";
import type { RootKey } from "./rootKey";
import { wrapBy, type Protecting, type Sealing } from "./sealing";

/** Names of folders and partitions that are there already, whoever made them; new ones get others. */
export interface Taken {
  readonly ledgers: readonly string[];
  readonly partitions: readonly string[];
}

const LEDGER = "ledger-";
const PARTITION = "persist:store-";

/** Where a new notebook will lie. */
export function placesOf(taken: Taken): Pick<Keyring, "ledger" | "partition"> {
  return freshPlaces(null, taken);
}

function freshPlaces(keyring: Keyring | null, taken: Taken): Pick<Keyring, "ledger" | "partition"> {
  const named = keyring ? [keyring, ...(keyring.rotation ? [keyring.rotation] : [])] : [];
  return {
    ledger: nextName(LEDGER, [...taken.ledgers, ...named.map((each) => each.ledger), ...(keyring?.leftover ?? [])]),
    partition: nextName(PARTITION, [...taken.partitions, ...named.map((each) => each.partition)]),
  };
}

/** Of a new notebook. */
export function begun(notebook: string, root: RootKey, sealing: Protecting, place: string, taken: Taken): Keyring {
  const wraps = wrapBy(sealing, root, notebook);
  return { format: 1, notebook, ...placesOf(taken), wraps, place };
}

/** Sealed in another way; a kit goes on opening it. `nextRoot` is the one of a rotation that goes on. */
export function resealed(keyring: Keyring, sealing: Protecting, root: RootKey, nextRoot: RootKey | null): Keyring {
  const { rotation, wraps } = nextRoot ? keyring : withoutRotation(keyring);
  return {
    ...(nextRoot ? keyring : withoutRotation(keyring)),
    wraps: { ...wrapBy(sealing, root, keyring.notebook), ...(wraps.recovery ? { recovery: wraps.recovery } : {}) },
    ...(rotation && nextRoot ? { rotation: { ...rotation, wraps: wrapBy(sealing, nextRoot, keyring.notebook) } } : {}),
  };
}

/** Opened by this kit alone from now on, beside what opens it anyway. */
export function withKit(keyring: Keyring, sealing: Sealing, root: RootKey, kit: KitState): Keyring {
  return { ...keyring, kit, wraps: { ...keyring.wraps, ...wrapBy(sealing, root, keyring.notebook) } };
}

export function withStoreRenewed(keyring: Keyring, taken: Taken): Keyring {
  return { ...keyring, partition: freshPlaces(keyring, taken).partition };
}

/** With another root key beside the present one, and new places for what will be sealed by it. */
export function withRotation(keyring: Keyring, sealing: Protecting, nextRoot: RootKey, taken: Taken): Keyring {
  const former = withoutRotation(keyring);
  return { ...former, rotation: { ...freshPlaces(former, taken), wraps: wrapBy(sealing, nextRoot, keyring.notebook) } };
}

/** The rotation is given up: what was sealed anew so far can be removed. */
export function withoutRotation({ rotation, ...keyring }: Keyring): Keyring {
  return rotation ? withLeftover(keyring, rotation.ledger) : keyring;
}

/** The other root key takes over. No kit opens that one yet. */
export function rotated(keyring: Keyring, rotation: NonNullable<Keyring["rotation"]>): Keyring {
  const { rotation: _over, kit: _void, ...kept } = keyring;
  return { ...withLeftover(kept, keyring.ledger), ...rotation };
}

/** A ledger that may be removed. */
export function withLeftover(keyring: Keyring, ledger: string): Keyring {
  return { ...keyring, leftover: [...new Set([...(keyring.leftover ?? []), ledger])] };
}

/** A backup's notebook. */
export interface Adopted {
  readonly notebook: string;
  readonly root: RootKey;
  readonly sealing: Protecting;
  readonly recovery: PortableWrap | undefined;
  readonly kit: KitState | undefined;
}

/** Another notebook in the place of an empty one; at home nowhere yet, so that this computer takes a device id. */
export function adopting(keyring: Keyring, { notebook, root, sealing, recovery, kit }: Adopted, taken: Taken): Keyring {
  const {
    rotation: _over,
    kit: _void,
    attempts: _past,
    ...kept
  } = withLeftover(withoutRotation(keyring), keyring.ledger);
  return {
    ...kept,
    notebook,
    ...freshPlaces(keyring, taken),
    wraps: { ...wrapBy(sealing, root, notebook), ...(recovery ? { recovery } : {}) },
    ...(kit && recovery ? { kit } : {}),
    place: null,
  };
}
