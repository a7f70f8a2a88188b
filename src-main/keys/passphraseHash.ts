import { z } from "zod";
import { SHORTEST_PASSPHRASE } from "../shared/keys";

/** What one Argon2id takes: memory in KiB, passes over it, lanes. */
export interface HashCost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Argon2id (RFC 9106) of a secret, 32 bytes. Runs where it blocks nothing that a person sees. */
export interface PassphraseHash {
  /** For what is sealed from now on. What was sealed before says its own. */
  readonly cost: HashCost;
  /** `secret` and `salt` stay the caller's to wipe. */
  derive(secret: Buffer, salt: Buffer, cost: HashCost): Promise<Buffer>;
}

/** RFC 9106 §4, the option for little memory, with one lane since it is computed by one thread. */
export const usualCost: HashCost = { memory: 64 * 1024, passes: 3, lanes: 1 };

/**
 * What is accepted from a file, which may be a hostile backup: half a GiB and some seconds at the very most, so that
 * opening it can neither exhaust the memory nor go on for ever. Eight KiB a lane is Argon2's own minimum.
 */
export const hashCost = z
  .object({
    memory: z
      .number()
      .int()
      .min(8)
      .max(512 * 1024),
    passes: z.number().int().min(1).max(16),
    lanes: z.number().int().min(1).max(4),
  })
  .refine(({ memory, lanes }) => memory >= 8 * lanes, "too little memory for the lanes")
  .refine(({ memory, passes }) => memory * passes <= 2 * 1024 * 1024, "too much work");

/**
 * The bytes of a passphrase. NFKC, as NIST SP 800-63B §3.1.1.2 advises: the same keys give the same bytes whatever
 * system or input method composed them, full-width letters and spaces included. Nothing is trimmed.
 */
export function passphraseBytes(passphrase: string): Buffer {
  return Buffer.from(passphrase.normalize("NFKC"), "utf8");
}

/** Counted in characters as people see most of them: code points, after the same normalisation. */
export function isTooShort(passphrase: string): boolean {
  return [...passphrase.normalize("NFKC")].length < SHORTEST_PASSPHRASE;
}
