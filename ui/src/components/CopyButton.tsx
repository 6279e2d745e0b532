import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copy } from "../app/copy";
import { words } from "../strings";
import { Button } from "./Button";

interface CopyButtonProps {
  text: () => string;
  label: string;
  look?: "plain" | "quiet";
  testId?: string;
  disabled?: boolean;
  /** Shows the icon alone; the label is its name. */
  bare?: boolean;
}

/** Copies a text and says that it did. */
export function CopyButton({ text, label, look = "plain", testId, disabled, bare }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1600);
    return () => clearTimeout(timer);
  }, [done]);
  const icon = done ? <Check className="icon" aria-hidden /> : <Copy className="icon" aria-hidden />;
  const onClick = () => void copy(text()).then((copied) => setDone(copied));
  return (
    <Button look={look} icon={icon} onClick={onClick} data-testid={testId} disabled={disabled} aria-label={bare ? label : undefined}>
      {bare ? undefined : done ? words.copied : label}
    </Button>
  );
}
