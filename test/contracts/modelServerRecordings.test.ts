import { describe, expect, test } from "vitest";
import { readRecordings } from "../support/modelServer/recordings";
import { Replay } from "../support/modelServer/replay";
import { differences } from "../support/modelServer/replayCompare";
import { preparations } from "../support/modelServer/replayPreparations";

const recordings = readRecordings();

describe.each([...recordings].filter(([, exchanges]) => exchanges.length > 0))(
  "the model answers recorded scenario %s",
  (scenario, exchanges) => {
    const replay = new Replay();
    test.each(
      exchanges.map((exchange, at) => ({
        at,
        exchange,
        note: exchange.note ?? "",
        method: exchange.request.method,
        path: exchange.request.path.slice(0, 70),
      })),
    )("$at $method $path $note", ({ at, exchange }) => {
      preparations[scenario]?.[at]?.(replay);
      expect(differences(replay, exchange, replay.send(exchange))).toEqual([]);
    });
  },
);
