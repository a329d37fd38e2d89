import { Component, type ReactNode } from 'react';

/** Keeps the failure of a part (a lazy module, a drawing) from taking the screen away; shows `fallback` in its place. */
export class Boundary extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
