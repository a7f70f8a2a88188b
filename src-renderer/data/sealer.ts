/** What a sealed text belongs to. A text sealed for one row does not open as another's. */
export interface Binding {
  readonly id: string;
  readonly type: string;
  readonly v: number;
}

/** Turns the contents of a row into what lies on disk, and back. */
export interface Sealer {
  seal(text: string, binding: Binding): Promise<string>;
  /** Rejects when the text was not sealed for this binding or was tampered with. */
  open(sealed: string, binding: Binding): Promise<string>;
}
