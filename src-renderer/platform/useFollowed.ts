import { useEffect, useState } from "react";

/** A state that `client` tells when asked, and again whenever it changes. */
export interface Told<Client, State> {
  readonly ask: (client: Client) => Promise<State>;
  /** Answers how to stop. */
  readonly follow: (client: Client, tell: (state: State) => void) => () => void;
}

/** The state as it is told by now; null until it has been told once. `told` must be the same at every call. */
export function useFollowed<Client, State>(client: Client, told: Told<Client, State>): State | null {
  const [state, setState] = useState<State | null>(null);
  useEffect(() => {
    let isLeft = false;
    let isTold = false;
    const stop = told.follow(client, (now) => {
      isTold = true;
      setState(now);
    });
    void told.ask(client).then(
      (answer) => {
        // An event is newer than the answer that was on its way.
        if (!isTold && !isLeft) setState(answer);
      },
      () => undefined,
    );
    return () => {
      isLeft = true;
      stop();
    };
  }, [client, told]);
  return state;
}
