import { CircleCheck, Save, ShieldAlert } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, saveShare, toProblem, type Problem, type Share } from "../api";
import { markShared } from "../app/guide";
import { toast } from "../app/store";
import { flushEdit } from "../app/workbench";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { Working } from "../components/Working";
import { words } from "../strings";
import "./share.css";
import { said } from "../app/said";

interface ShareSheetProps {
  id: string;
  /** Whether the system's dialog opens as soon as the check is clean. */
  saveAtOnce: boolean;
  onClose: () => void;
}

/** The definition on its way out: seen, checked for secrets, then saved or copied. */
export function ShareSheet({ id, saveAtOnce, onClose }: ShareSheetProps) {
  const [share, setShare] = useState<Share | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(false);
  const save = useCallback(async () => {
    try {
      const path = await saveShare(id);
      if (path === null) return;
      markShared(id);
      toast(words.share.saved(path));
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  }, [id]);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    const load = async () => {
      await flushEdit();
      const answer = await call("share", { id });
      setShare(answer);
      if (saveAtOnce && answer.findings.length === 0) await save();
    };
    load().catch((thrown: unknown) => setProblem(toProblem(thrown)));
  }, [id, saveAtOnce, save]);
  const open = share !== null && share.findings.length === 0;
  const actions = (
    <>
      <CopyButton
        text={() => {
          markShared(id);
          return share?.text ?? "";
        }}
        label={words.share.copy} testId="share-copy" disabled={!open} />
      <Button
        look="primary"
        main
        icon={<Save className="icon" aria-hidden />}
        disabled={!open}
        data-testid="share-save"
        onClick={() => void save()}
      >
        {words.share.save}
      </Button>
    </>
  );
  return (
    <Sheet title={words.share.title} onClose={onClose} size="large" actions={actions}>
      <p className="soft">{words.share.text}</p>
      {share === null && problem === null && <Working message={words.share.checking} />}
      {share !== null && <Checked share={share} />}
      {problem !== null && <ProblemView problem={problem} />}
      {share !== null && (
        // A text that scrolls must be reachable by keyboard.
        <pre className="share-text" tabIndex={0} aria-label={`${words.share.preview} ${share.file_name}`} role="region" data-testid="share-text">
          {share.text}
        </pre>
      )}
    </Sheet>
  );
}

function Checked({ share }: { share: Share }) {
  if (share.findings.length === 0)
    return (
      <p className="tag good" data-testid="share-checked">
        <CircleCheck className="icon" aria-hidden />
        {words.share.clean(said(share.checked))}
      </p>
    );
  return (
    <div className="findings" role="alert" data-testid="share-findings">
      <p className="tag bad">
        <ShieldAlert className="icon" aria-hidden />
        {words.share.blocked}
      </p>
      <ul className="lines">
        {share.findings.map((finding) => (
          <li key={finding.path}>
            <code>{finding.path}</code> {said(finding.reason)}
          </li>
        ))}
      </ul>
    </div>
  );
}
