import type { SaveFailure } from "../domain/saveFailure";

/** What fails at the moment: the ledger (nothing is saved) before the store (saved, but not stored yet). */
export class Troubles {
  private ledgerFailure: SaveFailure | null = null;
  private storeFailure: SaveFailure | null = null;
  private told: SaveFailure | null = null;

  constructor(private readonly onTrouble: (failure: SaveFailure | null) => void) {}

  get current(): SaveFailure | null {
    return this.ledgerFailure ?? this.storeFailure;
  }

  ledger(failure: SaveFailure | null): void {
    this.ledgerFailure = failure;
    this.tell();
  }

  store(detail: string | null): void {
    this.storeFailure = detail === null ? null : { kind: "store-failed", detail };
    this.tell();
  }

  private tell(): void {
    const { current } = this;
    if (JSON.stringify(current) === JSON.stringify(this.told)) return;
    this.told = current;
    this.onTrouble(current);
  }
}
