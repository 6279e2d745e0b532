import { ExternalLink, TriangleAlert } from "lucide-react";
import { useState, type FormEvent } from "react";
import { openUrl, type InputAsk, type TrustSheet } from "../api";
import { cancelBusy } from "../app/busy";
import { goHome } from "../app/navigate";
import { toastFault, useApp } from "../app/store";
import { acceptTrust } from "../app/workbench";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Working } from "../components/Working";
import { UpdateOffers } from "../connector/UpdateOffer";
import { KeyringLine } from "../open/KeyringLine";
import { words } from "../strings";
import { homeWords } from "../strings/home";
import { TrustInput } from "./TrustInput";
import "./share.css";
import { said } from "../app/said";

/** A definition from elsewhere: whom it calls and what it asks for. Nothing is sent before "Trust and read". */
export function TrustView({ sheet }: { sheet: TrustSheet }) {
  const workbench = useApp((state) => state.workbench?.id);
  const busy = useApp((state) => state.busy);
  const failed = useApp((state) => state.problem);
  const [given, setGiven] = useState<Record<string, string>>(() => defaults(sheet.asks));
  const [tried, setTried] = useState(false);
  const missing = sheet.asks.filter((ask) => ask.required && !ask.given && (given[ask.name] ?? "") === "");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0 || busy !== null) return;
    const [values, secrets] = split(sheet.asks, given);
    void acceptTrust(values, secrets);
  };
  return (
    <div className="page narrow" data-testid="trust-sheet">
      <div className="page-lead">
        <h1>{words.trust.title(sheet.title)}</h1>
        <p className="soft" data-testid="trust-lead" data-bundled={sheet.bundled}>
          {sheet.bundled ? homeWords.bundledLead : words.trust.lead}
        </p>
        {sheet.description !== "" && <p>{sheet.description}</p>}
        {sheet.docs.startsWith("https://") && (
          <Button look="quiet" icon={<ExternalLink className="icon" aria-hidden />} onClick={() => void openUrl(sheet.docs).catch(toastFault)}>
            {homeWords.docs}
          </Button>
        )}
      </div>
      {sheet.warnings.length > 0 && (
        <section className="section" aria-label={words.trust.warnings}>
          {sheet.warnings.map((warning) => (
            <p key={warning} className="note warn">
              <TriangleAlert className="icon" aria-hidden />
              {said(warning)}
            </p>
          ))}
        </section>
      )}
      {workbench !== undefined && <UpdateOffers workbench={workbench} />}
      <Listing title={words.trust.hosts} lines={sheet.hosts} testId="trust-hosts" />
      <Listing title={words.trust.requests} lines={sheet.requests} testId="trust-requests" />
      <form className="section trust-form" onSubmit={send} noValidate>
        <h2>{words.trust.asks}</h2>
        {sheet.asks.length === 0 && <p className="soft">{words.trust.none}</p>}
        {sheet.asks.map((ask, index) => (
          <TrustInput
            key={ask.name}
            ask={ask}
            first={index === 0}
            error={tried && missing.includes(ask) ? words.trust.required : undefined}
            value={given[ask.name] ?? ""}
            onChange={(value) => setGiven((before) => ({ ...before, [ask.name]: value }))}
          />
        ))}
        {sheet.asks.some((ask) => ask.type === "secret") && <KeyringLine host="" />}
        {failed !== null && <ProblemView problem={failed} />}
        {busy === null ? (
          <div className="form-end">
            <Button look="primary" type="submit" data-testid="trust-accept">
              {words.trust.accept}
            </Button>
            <Button onClick={goHome}>{words.cancel}</Button>
          </div>
        ) : (
          <Working message={busy.message} onCancel={cancelBusy} />
        )}
      </form>
    </div>
  );
}

/** Lines that are shown before one asks for all: what is asked for below stays near. */
const FEW = 12;

function Listing({ title, lines, testId }: { title: string; lines: string[]; testId: string }) {
  const [all, setAll] = useState(lines.length <= FEW);
  if (lines.length === 0) return null;
  return (
    <section className="section">
      <h2>{title}</h2>
      <ul className="lines mono" data-testid={testId}>
        {(all ? lines : lines.slice(0, FEW)).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {!all && (
        <div>
          <Button look="quiet" data-testid={`${testId}-all`} onClick={() => setAll(true)}>
            {words.trust.all(lines.length)}
          </Button>
        </div>
      )}
    </section>
  );
}

function defaults(asks: InputAsk[]): Record<string, string> {
  return Object.fromEntries(asks.filter((ask) => ask.default != null).map((ask) => [ask.name, ask.default ?? ""]));
}

/** Plain values and secrets go their own ways. What was left empty is not sent: what is there already stays. */
function split(asks: InputAsk[], given: Record<string, string>): [Record<string, string>, Record<string, string>] {
  const values: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const ask of asks) {
    const value = given[ask.name] ?? "";
    if (value !== "") (ask.type === "secret" ? secrets : values)[ask.name] = value;
  }
  return [values, secrets];
}
