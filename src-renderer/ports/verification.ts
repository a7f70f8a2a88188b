import { z } from "zod";
import type { Result } from "../../src-main/shared/result";
import { returns } from "../../src-main/shared/rpc";
import type { Verification, VerifyFailure } from "../domain/verification";

export const verificationRequests = {
  /**
   * Compares every record here with the server's; `verifyProgress` tells how far that is. Changes nothing. Aborting the
   * request gives it up; the exchange goes on meanwhile.
   */
  verify: { args: z.object({}), result: returns<Result<Verification, VerifyFailure>>() },
  /** Does what is said of the differences of the last comparison; answers what is left of them. */
  putRight: { args: z.object({}), result: returns<Result<Verification, VerifyFailure>>() },
} as const;

export const verificationEvents = {
  /** Records compared or put right, of about how many. */
  verifyProgress: z.object({ done: z.number(), total: z.number() }),
} as const;
