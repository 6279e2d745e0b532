import { CircleCheck, LogIn } from "lucide-react";
import type { Workbench } from "../api";
import { cancelSignIn, startSignIn } from "../app/signIn";
import { toastFault, useApp } from "../app/store";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { openUrl } from "../api";
import { said } from "../app/said";
import { words } from "../strings";
import { signsIn } from "./signsIn";

/** For a workbench, or a connection. Signing in with the browser, or with a code on another device: the button, the waiting, who it is, what went wrong. */
export function SignIn({ workbench }: { workbench: Pick<Workbench, "id" | "definition"> }) {
  const ways = signsIn(workbench.definition.http?.auth);
  const state = useApp((app) => app.signIn);
  const mine = state?.workbench === workbench.id ? state : null;
  if (ways === null) return null;
  return (
    <div className="sign-in" data-testid="sign-in">
      {mine?.stage === "done" && (
        <p className="sign-in-done" role="status" data-testid="sign-in-done">
          <CircleCheck className="icon" aria-hidden /> {mine.account === "" ? words.signIn.done : words.signIn.account(mine.account)}
        </p>
      )}
      {mine?.stage === "done" && mine.notKept !== "" && <p className="note warn">{said(mine.notKept)}</p>}
      {mine?.stage === "failed" && <ProblemView problem={mine.problem} />}
      {mine?.stage === "waiting" ? (
        <Waiting state={mine} />
      ) : (
        <div className="form-row">
          <Button
            look={mine?.stage === "done" ? "plain" : "primary"}
            icon={<LogIn className="icon" aria-hidden />}
            data-testid="sign-in-start"
            onClick={() => void startSignIn(workbench.id, ways === "device")}
          >
            {mine?.stage === "done" ? words.signIn.again : words.signIn.start}
          </Button>
          {ways === "both" && (
            <Button data-testid="sign-in-device" onClick={() => void startSignIn(workbench.id, true)}>
              {words.signIn.device}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface WaitingProps {
  state: { url: string; code: string; address: string; link: string };
}

function Waiting({ state }: WaitingProps) {
  const address = state.link === "" ? state.address : state.link;
  return (
    <div className="sign-in-waiting" role="status">
      {state.code === "" ? (
        <>
          <p>{words.signIn.browser}</p>
          <p className="form-help">{words.signIn.noBrowser}</p>
        </>
      ) : (
        <>
          <p>
            {words.signIn.typeAt} <code>{state.address}</code>
          </p>
          <p className="sign-in-code" data-testid="sign-in-code" aria-label={words.signIn.code}>
            {state.code}
          </p>
        </>
      )}
      <div className="form-row">
        {state.code !== "" && <CopyButton text={() => state.code} label={words.signIn.copyCode} testId="sign-in-copy" />}
        {state.code !== "" && <Button onClick={() => void openUrl(address).catch(toastFault)}>{words.signIn.openPage}</Button>}
        {state.code === "" && <Button onClick={() => void openUrl(state.url).catch(toastFault)}>{words.signIn.openAgain}</Button>}
        {state.code === "" && <CopyButton text={() => state.url} label={words.signIn.copyUrl} />}
        <Button look="quiet" data-testid="sign-in-cancel" onClick={() => void cancelSignIn()}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
