import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  /** Shown instead of the children after an error; `retry` shows the children again. */
  readonly fallback: (error: Error, retry: () => void) => ReactNode;
}

/**
 * Keeps an error in one screen from taking the window with it. What was typed is not in the screen but in the drafts of
 * `platform`, so it outlives the screen.
 */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return this.props.fallback(error, () => {
      this.setState({ error: null });
    });
  }
}
