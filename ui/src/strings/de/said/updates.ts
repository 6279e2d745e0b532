/** What a newer definition means for connections; schedules. */
export const updates: Readonly<Record<string, string>> = {
  "The column {} ({}) is added: empty in rows that are there, until they are read again.":
    "Die Spalte {} ({}) kommt hinzu: leer in vorhandenen Zeilen, bis sie neu gelesen werden.",
  "The column {} changes from {} to {}: the table is rebuilt at the next sync, its values converted.":
    "Die Spalte {} wechselt von {} zu {}: Der nächste Abgleich baut die Tabelle neu auf und wandelt die Werte um.",
  "The column {} gets its values in another way: rows that are there keep theirs until they are read again.":
    "Die Spalte {} bekommt ihre Werte anders: Vorhandene Zeilen behalten ihre, bis sie neu gelesen werden.",
  "The column {} is not filled any more. It stays with what it holds.": "Die Spalte {} wird nicht mehr gefüllt. Sie bleibt mit ihrem Inhalt.",
  "The key of {} changes from {} to {}: {}": "Der Schlüssel von {} wechselt von {} zu {}: {}",
  "records that come again are new rows from then on.": "Wiederkehrende Datensätze sind von da an neue Zeilen.",
  "the table is rebuilt by the new key at the next sync. Where rows share a value of it, the sync stops and says so.":
    "Der nächste Abgleich baut die Tabelle nach dem neuen Schlüssel auf. Teilen sich Zeilen einen Wert, hält er an und sagt es.",
  "The input {} becomes a secret: its value moves to the keyring.": "Die Eingabe {} wird geheim: Ihr Wert kommt in den Schlüsselbund.",
  "The input {} is no secret any more: its value has to be given again.": "Die Eingabe {} ist nicht mehr geheim: Ihr Wert muss neu angegeben werden.",
  "The input {} changes from {} to {}: its value has to fit.": "Die Eingabe {} wechselt von {} zu {}: Ihr Wert muss passen.",
  "There is a new optional input: {} ({}).": "Es gibt eine neue optionale Eingabe: {} ({}).",
  "The input {} is gone: its value is not used any more.": "Die Eingabe {} ist weg: Ihr Wert wird nicht mehr verwendet.",
  "The details of the sign-in ({}) change.": "Einzelheiten der Anmeldung ({}) ändern sich.",
  "The sign-in changes from {} to {}.": "Die Anmeldung wechselt von {} zu {}.",
  "Tokens of the old sign-in may not be taken: sign in again if a sync says so.": "Token der alten Anmeldung gelten vielleicht nicht mehr: erneut anmelden, wenn ein Abgleich es sagt.",
  "The address changes from {} to {}. A read that was cut off begins anew; cursors go on.":
    "Die Adresse wechselt von {} zu {}. Ein abgebrochenes Lesen beginnt von vorn; Cursor gehen weiter.",
  "The stream {} is gone. Its table stays with what was read, and gets nothing more.": "Der Stream {} ist weg. Seine Tabelle bleibt mit dem Gelesenen und bekommt nichts mehr.",
  "The stream {} is new: the next sync reads all of it.": "Der Stream {} ist neu: Der nächste Abgleich liest ihn ganz.",
  "{} is asked for in another way: a read that was cut off begins anew. Its cursor goes on.":
    "{} wird anders angefragt: Ein abgebrochenes Lesen beginnt von vorn. Der Cursor geht weiter.",
  "What becomes of records that are gone changes for {}, from its next whole read on.": "Was aus verschwundenen Datensätzen wird, ändert sich für {} ab dem nächsten vollständigen Lesen.",
  "{} is read by changes of {} now: the next sync reads all, those after it what changed.":
    "{} wird jetzt nach Änderungen von {} gelesen: Der nächste Abgleich liest alles, die danach nur Änderungen.",
  "{} is not read by changes of {} any more: each sync reads all of it.": "{} wird nicht mehr nach Änderungen von {} gelesen: Jeder Abgleich liest alles.",
  "The cursor of {} changes from {} to {}: its saved state is forgotten, and the next sync begins anew.":
    "Der Cursor von {} wechselt von {} zu {}: Der gespeicherte Stand wird vergessen, und der nächste Abgleich beginnt von vorn.",
  "How {} asks for changes of {} changes. Its saved state goes on.": "Wie {} nach Änderungen von {} fragt, ändert sich. Der gespeicherte Stand gilt weiter.",
  "{} is read by another field now: how far it was read is forgotten, and its next sync reads all.":
    "{} wird jetzt nach einer anderen Spalte gelesen: Wie weit gelesen wurde, wird vergessen, und der nächste Abgleich liest alles.",
  "The action {} is gone: calls and batches of it are refused. Their history stays.": "Die Aktion {} ist weg: Aufrufe und Stapel von ihr werden abgelehnt. Ihr Verlauf bleibt.",
  "The action {} needs {} now: calls and batches without it are refused.": "Die Aktion {} braucht jetzt {}: Aufrufe und Stapel ohne dies werden abgelehnt.",
  "The action {} takes no {} any more: calls and batches that give it are refused.": "Die Aktion {} nimmt {} nicht mehr: Aufrufe und Stapel damit werden abgelehnt.",
  "What the action {} sends or reads changes.": "Was die Aktion {} sendet oder liest, ändert sich.",
  "There is a new action: {}.": "Es gibt eine neue Aktion: {}.",
  "The webhook {} is gone: what is sent to its address is answered with 404.": "Der Webhook {} ist weg: Was an seine Adresse geht, wird mit 404 beantwortet.",
  "How events of the webhook {} prove their sender changes: see that the sender signs them so.":
    "Wie Ereignisse des Webhooks {} ihren Absender belegen, ändert sich: dafür sorgen, dass der Absender sie so signiert.",
  "The ids of events of {} are read elsewhere: one that came before may be taken once more.":
    "Die IDs der Ereignisse von {} werden anderswo gelesen: Ein schon gekommenes kann noch einmal angenommen werden.",
  "What becomes of events of the webhook {} changes. Those that wait are read the new way.":
    "Was aus Ereignissen des Webhooks {} wird, ändert sich. Wartende werden auf die neue Art gelesen.",
  "There is a new webhook: {}. Give its sender the address.": "Es gibt einen neuen Webhook: {}. Die Adresse dem Absender geben.",
  "The destination {} is gone: nothing can be pushed to it any more.": "Das Ziel {} ist weg: Dorthin lässt sich nichts mehr übertragen.",
  "Rows for {} are told apart by {} now, not by {}: rows that were pushed before count as new.":
    "Zeilen für {} unterscheidet jetzt {}, nicht {}: Schon übertragene Zeilen gelten als neu.",
  "Rows that are gone from the table are deleted at {} now, without being asked for.": "Aus der Tabelle verschwundene Zeilen werden jetzt bei {} gelöscht, auch unverlangt.",
  "How rows are pushed to {} changes.": "Wie Zeilen zu {} übertragen werden, ändert sich.",
  "There is a new destination: {}.": "Es gibt ein neues Ziel: {}.",
  "The new version of {} sends requests, and with them keys, to hosts that the old one did not: {}.":
    "Die neue Version von {} sendet Anfragen und damit Schlüssel an Hosts, an die die alte nicht sendete: {}.",
  "Confirm each of them, if you trust it. Nothing was changed.": "Jeden bestätigen, dem Sie vertrauen. Nichts wurde geändert.",
  "updated from {}": "aktualisiert aus {}",
  "rolled back to version {}": "zurück auf Version {}",
  "imported from {}": "importiert aus {}",
  "every minute": "jede Minute",
  "every hour": "jede Stunde",
  "every day": "jeden Tag",
  "every {n} days": "alle {} Tage",
  "every {n} hours": "alle {} Stunden",
  "every {n} minutes": "alle {} Minuten",
  "cron {} ({})": "Cron {} ({})",
};
