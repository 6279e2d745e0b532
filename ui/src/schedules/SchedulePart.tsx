import { useEffect, useState } from "react";
import { call, toProblem, type ConnectionView, type Problem, type RuleView, type ScheduleRule, type ScheduleView } from "../api";
import { ago, wallClock } from "../app/format";
import { refreshHome } from "../app/navigate";
import { app, say, useApp } from "../app/store";
import { openRun } from "../app/sync";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Segmented } from "../components/Segmented";
import { Ticked } from "../components/Ticked";
import { words } from "../strings";
import "../connection/settings.css";
import { said } from "../app/said";

const W = words.management.schedule;
const UNITS = [1, 60, 1440];

/** When a connection is synced by itself. */
export function SchedulePart({ view }: { view: ConnectionView }) {
  const [schedule, setSchedule] = useState<ScheduleView | null | undefined>(undefined);
  const [zone, setZone] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const changed = useApp((state) => state.changed);
  useEffect(() => {
    let here = true;
    call("schedule_get", { id: view.id })
      .then((found) => {
        if (!here) return;
        setSchedule(found.schedule ?? null);
        setZone(found.zone);
      })
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [view.id, changed]);
  if (schedule === undefined) return problem === null ? null : <ProblemView problem={problem} />;
  const act = async (work: () => Promise<ScheduleView | null>) => {
    try {
      setSchedule(await work());
      setProblem(null);
      void refreshHome();
      return true;
    } catch (thrown) {
      setProblem(toProblem(thrown));
      return false;
    }
  };
  const remove = async () => {
    await call("schedule_remove", { id: view.id });
    return null;
  };
  return (
    <section className="connection-form" data-testid="schedule-part">
      {schedule === null ? (
        <p className="soft">
          <Ticked text={W.noneText} />
        </p>
      ) : (
        <div className="stack">
          <Standing schedule={schedule} />
          <div className="form-end">
            <Button data-testid="schedule-pause" onClick={() => void act(() => call("schedule_pause", { connection: view.id, paused: !schedule.paused }))}>
              {schedule.paused ? W.resume : W.pause}
            </Button>
            <Button data-testid="schedule-remove" onClick={() => void act(remove)}>
              {W.remove}
            </Button>
          </div>
        </div>
      )}
      <RuleForm
        key={JSON.stringify(schedule?.rule ?? null)}
        rule={schedule?.rule ?? null}
        zone={schedule?.zone ?? zone}
        onSave={async (rule, at) => {
          const request = { connection: view.id, rule, zone: at, paused: schedule?.paused ?? false };
          if (await act(() => call("schedule_set", request))) say(W.saved);
        }}
      />
      {problem !== null && <ProblemView problem={problem} />}
    </section>
  );
}

function Standing({ schedule }: { schedule: ScheduleView }) {
  const run = schedule.last_run;
  return (
    <dl className="schedule-facts" data-testid="schedule-standing">
      <dt>{W.kind}</dt>
      <dd>{said(schedule.words)}</dd>
      <dt>{W.upcomingIn(schedule.zone)}</dt>
      <dd>
        {schedule.paused ? (
          W.paused
        ) : (
          <ul className="lines num" data-testid="schedule-upcoming">
            {schedule.upcoming.map((at) => (
              <li key={at}>{wallClock(at)}</li>
            ))}
          </ul>
        )}
      </dd>
      {schedule.last_at != null && (
        <>
          <dt>{W.last}</dt>
          <dd data-testid="schedule-last">
            {ago(schedule.last_at)}, {schedule.last_outcome ?? W.running}
            {schedule.failures > 0 && <>, {W.failures(schedule.failures)}</>}
            {run != null && (
              <>
                {" "}
                <button type="button" className="link" onClick={() => void openRun(run)}>
                  {words.open}
                </button>
              </>
            )}
            {schedule.last_message != null && <p className="soft">{schedule.last_message}</p>}
          </dd>
        </>
      )}
    </dl>
  );
}

function unitOf(minutes: number): number {
  return UNITS.findLast((unit) => minutes % unit === 0) ?? 1;
}

interface RuleFormProps {
  rule: ScheduleRule | null;
  zone: string;
  onSave: (rule: ScheduleRule, zone: string) => Promise<void>;
}

function RuleForm({ rule, zone, onSave }: RuleFormProps) {
  const first = rule?.kind === "every" ? rule.minutes : 15;
  const [kind, setKind] = useState<ScheduleRule["kind"]>(rule?.kind ?? "every");
  const [unit, setUnit] = useState(unitOf(first));
  const [every, setEvery] = useState(String(first / unitOf(first)));
  const [expression, setExpression] = useState(rule?.kind === "cron" ? rule.expression : "0 6 * * 1-5");
  const [at, setAt] = useState(zone);
  const [tried, setTried] = useState<RuleView | Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const next: ScheduleRule = kind === "every" ? { kind, minutes: Math.round(Number(every) * unit) || 0 } : { kind, expression };
  const text = JSON.stringify([next, at]);
  useEffect(() => {
    let here = true;
    const wait = setTimeout(() => {
      const [wanted, place] = JSON.parse(text) as [ScheduleRule, string];
      call("schedule_try", { rule: wanted, zone: place })
        .then((view) => here && setTried(view))
        .catch((thrown: unknown) => here && setTried(toProblem(thrown)));
    }, 200);
    return () => {
      here = false;
      clearTimeout(wait);
    };
  }, [text]);
  const wrong = tried !== null && "code" in tried ? `${said(tried.message)} ${said(tried.hint ?? "")}` : undefined;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void onSave(next, at).finally(() => setBusy(false));
      }}
    >
      <Segmented
        label={W.kind}
        value={kind}
        options={(["every", "cron"] as const).map((value) => ({ value, label: W.kinds[value], testId: `schedule-kind-${value}` }))}
        onChange={setKind}
      />
      {kind === "every" ? (
        <Field label={W.every} error={wrong}>
          {({ id, describedBy }) => (
            <span className="beside">
              <input id={id} className="input short" type="number" min={1} value={every} aria-describedby={describedBy} data-testid="schedule-every" onChange={(event) => setEvery(event.target.value)} />
              <select className="input" aria-label={W.unit} value={unit} data-testid="schedule-unit" onChange={(event) => setUnit(Number(event.target.value))}>
                {UNITS.map((value) => (
                  <option key={value} value={value}>
                    {W.units[value]}
                  </option>
                ))}
              </select>
            </span>
          )}
        </Field>
      ) : (
        <>
          <Field label={W.cron} help={W.cronHelp} error={wrong}>
            {({ id, describedBy }) => (
              <input id={id} className="input mono" value={expression} aria-describedby={describedBy} spellCheck={false} data-testid="schedule-cron" onChange={(event) => setExpression(event.target.value)} />
            )}
          </Field>
          <Field label={W.zone} help={W.zoneHelp}>
            {({ id, describedBy }) => (
              <input id={id} className="input" value={at} aria-describedby={describedBy} spellCheck={false} data-testid="schedule-zone" onChange={(event) => setAt(event.target.value)} />
            )}
          </Field>
        </>
      )}
      {tried !== null && "upcoming" in tried && (
        <p className="soft num" data-testid="schedule-tried">
          {said(tried.words)}: {tried.upcoming.slice(0, 3).map(wallClock).join(" · ")}
        </p>
      )}
      <div>
        <Button type="submit" look="primary" data-testid="schedule-save" disabled={busy || wrong !== undefined}>
          {W.save}
        </Button>
      </div>
    </form>
  );
}

/** Something about schedules changed: views that show them look anew. */
export function schedulesChanged(): void {
  app.set((state) => ({ changed: state.changed + 1 }));
  void refreshHome();
}
