/** Runs tasks one after another in the order they came. A task that fails does not stop those behind it. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  run<Value>(task: () => Promise<Value>): Promise<Value> {
    const turn = this.last.then(task);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
