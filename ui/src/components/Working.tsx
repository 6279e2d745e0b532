import { words } from "../strings";
import { Button } from "./Button";
import { Progress } from "./Progress";
import "./working.css";

/** What is being done, and the way out. */
export function Working({ message, onCancel }: { message: string; onCancel?: (() => void) | undefined }) {
  return (
    <div className="working" role="status">
      <p>{message}</p>
      <Progress label={message} value={null} />
      {onCancel !== undefined && (
        <Button look="quiet" onClick={onCancel} data-testid="cancel">
          {words.cancel}
        </Button>
      )}
    </div>
  );
}
