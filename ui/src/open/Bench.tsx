import type { Workbench } from "../api";
import { cancelBusy } from "../app/busy";
import { Steps } from "../app/Steps";
import { useApp, type Busy } from "../app/store";
import { Working } from "../components/Working";
import { ResultView } from "../result/ResultView";
import { TrustView } from "../share/TrustView";
import { DatabaseView } from "./DatabaseView";
import { EndpointsView } from "./EndpointsView";
import { FailedView } from "./FailedView";
import { KeyView } from "./KeyView";

/** The connector in front, at the stage that it is at. */
export function Bench() {
  const workbench = useApp((state) => state.workbench);
  const busy = useApp((state) => state.busy);
  if (workbench === null) return null;
  if (workbench.stage === "ready") return <ResultView workbench={workbench} />;
  return (
    <>
      <Steps />
      <Before workbench={workbench} busy={busy} />
    </>
  );
}

/** What comes before there is a table. */
function Before({ workbench, busy }: { workbench: Workbench; busy: Busy | null }) {
  if (workbench.stage === "failed" && busy !== null)
    return (
      <div className="page narrow">
        <Working message={busy.message} onCancel={cancelBusy} />
      </div>
    );
  if (workbench.stage === "failed") return <FailedView workbench={workbench} />;
  if (workbench.stage === "tables" && workbench.database != null) return <DatabaseView key={workbench.id} id={workbench.id} database={workbench.database} notes={workbench.notes} />;
  if (workbench.stage === "endpoints" && workbench.endpoints != null) return <EndpointsView key={workbench.id} id={workbench.id} asked={workbench.endpoints} notes={workbench.notes} />;
  if (workbench.stage === "trust" && workbench.trust != null) return <TrustView key={workbench.id} sheet={workbench.trust} />;
  if (workbench.ask != null) return <KeyView key={workbench.id} ask={workbench.ask} notes={workbench.notes} />;
  return <FailedView workbench={workbench} />;
}
