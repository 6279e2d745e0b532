import { PlugZap } from "lucide-react";
import { useEffect, useState } from "react";
import { call, toProblem, type ConnectionCard, type ConnectorCard, type Problem, type ScheduleView } from "../api";
import { ago, wallClock } from "../app/format";
import { newConnector } from "../app/keys";
import { go } from "../app/navigate";
import { useApp } from "../app/store";
import { openRun } from "../app/sync";
import { openConnector } from "../app/workbench";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { OutcomeTag } from "../components/OutcomeTag";
import { ProblemView } from "../components/ProblemView";
import { HealthTag } from "../health/HealthTag";
import { words } from "../strings";
import { guideWords } from "../strings/guide";
import { healthWords } from "../strings/health";
import "../components/table.css";

const W = guideWords.connections;

interface Line {
  card: ConnectorCard;
  connection: ConnectionCard;
  schedule: ScheduleView | undefined;
}

/** Every connection with its schedule: those that run next first, then those that run by hand. */
export function linesOf(connectors: ConnectorCard[], schedules: ScheduleView[]): Line[] {
  const lines = connectors.flatMap((card) =>
    card.connections.map((connection): Line => ({ card, connection, schedule: schedules.find((each) => each.connection === connection.id) })),
  );
  const due = ({ schedule }: Line) => (schedule === undefined ? Number.MAX_SAFE_INTEGER : schedule.next_at == null ? Number.MAX_SAFE_INTEGER - 1 : Date.parse(schedule.next_at));
  return lines.toSorted((a, b) => due(a) - due(b) || a.connection.name.localeCompare(b.connection.name));
}

/** All connections: what each belongs to, when it runs next, and how it went. */
export function Connections() {
  const home = useApp((state) => state.home);
  const changed = useApp((state) => state.changed);
  const [schedules, setSchedules] = useState<ScheduleView[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call("schedules", {})
      .then((next) => here && setSchedules(next))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [changed, home]);
  const lines = home === null ? null : linesOf(home.connectors, schedules ?? []);
  return (
    <div className="page" data-testid="connections">
      <div className="page-lead">
        <h1>{W.title}</h1>
        <p className="soft">{lines === null || lines.length === 0 ? W.lead : `${W.lead} ${W.count(lines.length, schedules?.length ?? 0)}.`}</p>
      </div>
      {problem !== null && <ProblemView problem={problem} />}
      {lines?.length === 0 && (
        <EmptyState icon={<PlugZap aria-hidden />} title={W.none}>
          <p>{W.noneText}</p>
          <Button data-testid="connections-open" onClick={newConnector}>
            {W.toBox}
          </Button>
        </EmptyState>
      )}
      {lines !== null && lines.length > 0 && <Table lines={lines} />}
    </div>
  );
}

function Table({ lines }: { lines: Line[] }) {
  return (
    // A table that scrolls must be reachable by keyboard.
    <div className="connections-scroll" tabIndex={0} role="region" aria-label={W.title}>
      <table className="plain-table">
        <thead>
          <tr>
            {[W.name, W.connector, W.schedule, W.next, W.last, W.health].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.connection.id} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ line: { card, connection, schedule } }: { line: Line }) {
  const { id, name, last_run: run, health } = connection;
  const to = (tab: string) => () => go({ name: "connection", id, tab });
  return (
    <tr data-testid={`connection-row-${name}`}>
      <th scope="row">
        <button type="button" className="link" aria-label={words.connection.openNamed(name)} onClick={to("runs")}>
          {name}
        </button>
      </th>
      <td>
        <button type="button" className="link" onClick={() => void openConnector(card.id)}>
          {card.title === "" ? card.name : card.title}
        </button>
      </td>
      <td>
        <button type="button" className="link" aria-label={`${W.scheduleOf(name)}: ${schedule?.words ?? W.unscheduled}`} data-testid={`schedule-of-${name}`} onClick={to("schedule")}>
          {schedule?.words ?? W.unscheduled}
        </button>
      </td>
      <td className="tight">{schedule === undefined ? "" : schedule.paused || schedule.next_at == null ? words.management.schedule.paused : wallClock(schedule.next_at)}</td>
      <td>
        {run == null ? (
          <span className="dim">{words.home.neverRun}</span>
        ) : (
          <span className="beside">
            <OutcomeTag outcome={run.outcome} />
            <button type="button" className="link" aria-label={words.run.open(ago(run.started_at))} onClick={() => void openRun(run.id)}>
              {ago(run.started_at)}
            </button>
          </span>
        )}
        {(schedule?.failures ?? 0) > 0 && <p className="bad">{words.management.schedule.failures(schedule?.failures ?? 0)}</p>}
      </td>
      <td>
        {health == null ? (
          <button type="button" className="link" aria-label={`${W.health}: ${name}`} onClick={to("health")}>
            {healthWords.never}
          </button>
        ) : (
          <button type="button" className="link" aria-label={`${W.health}: ${name}`} onClick={to("health")}>
            <HealthTag state={health.state} />
          </button>
        )}
      </td>
    </tr>
  );
}
