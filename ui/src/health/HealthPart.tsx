import { HeartPulse, Zap } from "lucide-react";
import { useEffect, useState } from "react";
import { call, toProblem, type ConnectionView, type HealthReport, type Problem } from "../api";
import { ago, duration } from "../app/format";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { Working } from "../components/Working";
import { ConnectionSignIn } from "../forms/ConnectionSignIn";
import { healthWords as words } from "../strings/health";
import { Checks } from "./Checks";
import { HealthTag } from "./HealthTag";
import "./health.css";

/** Whether a connection works: the last check, and the way to the next one. */
export function HealthPart({ view }: { view: ConnectionView }) {
  const [report, setReport] = useState<HealthReport | null | undefined>(undefined);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [checking, setChecking] = useState(false);
  useEffect(() => {
    let here = true;
    call("health_get", { id: view.id })
      .then((last) => here && setReport(last))
      .catch((thrown: unknown) => here && setFailed(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [view.id]);
  const run = (fast: boolean) => {
    setChecking(true);
    setFailed(null);
    call("health_check", { connection: view.id, fast, timeout_ms: null })
      .then(setReport)
      .catch((thrown: unknown) => setFailed(toProblem(thrown)))
      .finally(() => setChecking(false));
  };
  const refused = failed?.kind === "auth" || (report?.checks ?? []).some((check) => check.problem?.kind === "auth");
  const has = report !== null && report !== undefined;
  return (
    <section className="section" aria-label={words.title} data-testid="health" aria-busy={checking}>
      <div className="section-head">
        <div className="health-sum">{has && <Summary report={report} />}</div>
        <div className="form-end">
          {has && <CopyButton look="quiet" testId="health-copy" text={() => JSON.stringify(report, null, 2)} label={words.copy} />}
          <Button data-testid="health-fast" disabled={checking} title={words.fastHelp} icon={<Zap className="icon" aria-hidden />} onClick={() => run(true)}>
            {words.fast}
          </Button>
          <Button look="primary" main data-testid="health-run" disabled={checking} icon={<HeartPulse className="icon" aria-hidden />} onClick={() => run(false)}>
            {has ? words.again : words.run}
          </Button>
        </div>
      </div>
      {failed !== null && <ProblemView problem={failed} />}
      {checking && <Working message={words.checking} />}
      {report === null && !checking && (
        <EmptyState icon={<HeartPulse aria-hidden />} title={words.never}>
          <p>{words.neverText}</p>
        </EmptyState>
      )}
      {refused && <ConnectionSignIn connection={view.id} />}
      {has && <Checks report={report} />}
    </section>
  );
}

function Summary({ report }: { report: HealthReport }) {
  return (
    <>
      <HealthTag state={report.state} testId="health-state" />
      <span className="soft">{words.last(ago(report.checked_at), duration(report.duration_ms))}</span>
      {report.identity != null && (
        <span>
          {words.identity} <strong data-testid="health-identity">{report.identity}</strong>
        </span>
      )}
      {report.scopes.length > 0 && (
        <span className="soft">
          {words.scopes} <code>{report.scopes.join(", ")}</code>
        </span>
      )}
    </>
  );
}
