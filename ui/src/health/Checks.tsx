import type { HealthCheck, HealthReport, StreamHealth } from "../api";
import { count, duration } from "../app/format";
import { healthWords as words } from "../strings/health";
import { Ticked } from "../components/Ticked";
import { HealthTag } from "./HealthTag";
import { said } from "../app/said";

/** The checks of a report, one a row. */
export function Checks({ report }: { report: HealthReport }) {
  return (
    <ul className="health-checks" data-testid="health-checks">
      {report.checks.map((check) => (
        <Check key={check.name} check={check} />
      ))}
    </ul>
  );
}

function Check({ check }: { check: HealthCheck }) {
  const streams = check.streams ?? [];
  return (
    <li className="health-check" data-testid={`check-${check.name}`} data-state={check.state}>
      <div className="check-line">
        <HealthTag state={check.state} />
        <h3>{words.checks[check.name] ?? check.name}</h3>
        <p className="check-detail">
          <Ticked text={said(check.detail)} />
        </p>
        <span className="dim num">{check.duration_ms > 0 && duration(check.duration_ms)}</span>
      </div>
      {check.problem?.hint != null && (
        <p className="check-more">
          {words.todo} <Ticked text={said(check.problem.hint)} />
        </p>
      )}
      {streams.length > 0 && (
        <ul className="check-streams">
          {streams.map((stream) => (
            <Stream key={stream.stream} stream={stream} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Stream({ stream }: { stream: StreamHealth }) {
  return (
    <li className="check-line" data-testid={`check-stream-${stream.stream}`} data-state={stream.state}>
      <HealthTag state={stream.state} />
      <span className="mono">{stream.stream}</span>
      <p className="check-detail">
        {said(stream.detail)} {stream.problem?.hint != null && `${words.todo} ${said(stream.problem.hint)}`}
      </p>
      <span className="dim num">
        {[...(stream.state === "pass" ? [words.records(count(stream.records))] : []), ...(stream.duration_ms > 0 ? [duration(stream.duration_ms)] : [])].join(" · ")}
      </span>
    </li>
  );
}
