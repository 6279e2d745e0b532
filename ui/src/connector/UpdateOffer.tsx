import { useEffect, useState } from "react";
import { call, toProblem, type Impact, type Problem, type UpdatePlan } from "../api";
import { refreshHome } from "../app/navigate";
import { toast } from "../app/store";
import { openConnector } from "../app/workbench";
import { Button } from "../components/Button";
import { FaultLines } from "../forms/FaultLines";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";
import { ChangeList } from "./ChangeList";
import { said } from "../app/said";

const W = words.management.update;

/** A definition whose connector is here already: what an update would change, and the way to it. */
export function UpdateOffers({ workbench }: { workbench: string }) {
  const [plans, setPlans] = useState<UpdatePlan[]>([]);
  useEffect(() => {
    let here = true;
    call("update_plans", { workbench })
      .then((list) => here && setPlans(list))
      // An offer is an extra: the definition can be trusted as it is.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [workbench]);
  if (plans.length === 0) return null;
  return (
    <>
      {plans.map((plan) => (
        <Offer key={plan.connector} plan={plan} workbench={workbench} />
      ))}
      <p className="soft">{W.keep}</p>
    </>
  );
}

function Offer({ plan, workbench }: { plan: UpdatePlan; workbench: string }) {
  const [hosts, setHosts] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const update = async () => {
    setBusy(true);
    try {
      await call("update_apply", { connector: plan.connector, workbench, hosts, source: null });
      toast(W.done(plan.title));
      void refreshHome();
      await openConnector(plan.connector);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const trusted = plan.new_hosts.every((host) => hosts.includes(host));
  return (
    <section className="section" aria-label={W.title(plan.title)} data-testid="update-offer">
      <h2>{W.title(plan.title)}</h2>
      <p className="soft">{plan.same ? W.same : W.lead}</p>
      {!plan.same && (
        <>
          <h3>{W.changes}</h3>
          {plan.changes.length === 0 ? <p className="soft">{W.textOnly}</p> : <ChangeList changes={plan.changes} />}
          {plan.connections.map((connection) => (
            <div key={connection.id} data-testid={`update-for-${connection.name}`}>
              <h3>{W.forConnection(connection.name)}</h3>
              {connection.impacts.length === 0 ? <p className="soft">{W.nothing}</p> : <Impacts impacts={connection.impacts} />}
            </div>
          ))}
          {plan.connections.length === 0 && <p className="soft">{W.noConnections}</p>}
        </>
      )}
      {plan.new_hosts.length > 0 && (
        <fieldset className="stack">
          <legend>{W.hosts}</legend>
          <p>{W.hostsText}</p>
          {plan.new_hosts.map((host) => (
            <label key={host} className="check">
              <input
                type="checkbox"
                data-testid={`update-host-${host}`}
                checked={hosts.includes(host)}
                onChange={(event) => setHosts((before) => (event.target.checked ? [...before, host] : before.filter((each) => each !== host)))}
              />{" "}
              {W.confirmHost(host)}
            </label>
          ))}
        </fieldset>
      )}
      {plan.faults.length > 0 && (
        <>
          <p>{W.faults}</p>
          <FaultLines faults={plan.faults} />
        </>
      )}
      {problem !== null && <ProblemView problem={problem} />}
      <div className="form-end">
        {!plan.same && (
          <Button look="primary" data-testid="update-apply" disabled={busy || !trusted || plan.faults.length > 0} onClick={() => void update()}>
            {W.apply}
          </Button>
        )}
        <Button data-testid="update-open" onClick={() => void openConnector(plan.connector)}>
          {W.open}
        </Button>
      </div>
    </section>
  );
}

function Impacts({ impacts }: { impacts: Impact[] }) {
  return (
    <ul className="bullets">
      {impacts.map((impact) => (
        <li key={`${impact.path} ${impact.code}`} data-code={impact.code}>
          {W.levels[impact.level] !== "" && <span className={impact.level === "needed" ? "tag bad" : "tag"}>{W.levels[impact.level]}</span>} {said(impact.words)}
        </li>
      ))}
    </ul>
  );
}
