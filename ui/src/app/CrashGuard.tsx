import { Component, type ReactNode } from "react";
import { localProblem } from "../api";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";

/** Keeps a fault of a view from leaving an empty window. */
export class CrashGuard extends Component<{ children: ReactNode }, { detail: string | null }> {
  override state: { detail: string | null } = { detail: null };

  static getDerivedStateFromError(error: unknown) {
    return { detail: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error) };
  }

  override render() {
    if (this.state.detail === null) return this.props.children;
    const problem = localProblem("window_fault", words.crash.title, { hint: words.crash.text, detail: this.state.detail });
    return (
      <div className="page">
        <ProblemView problem={problem}>
          <Button onClick={() => window.location.reload()}>{words.crash.reload}</Button>
        </ProblemView>
      </div>
    );
  }
}
