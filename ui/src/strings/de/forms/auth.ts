import type { GroupsDe } from "./words";

const username = ["Benutzername", "Der Benutzername."] as const;

/** How requests sign in. */
export const auth: GroupsDe = {
  auth: {
    words: ["Anmeldung", "Wie Anfragen belegen, wer sie sendet."],
    kinds: {
      none: { words: ["Keine", "Es wird nichts gesendet."] },
      bearer: {
        words: ["Bearer-Token", "Ein Token in `Authorization: Bearer` (RFC 6750)."],
        fields: { token: ["Token", "Das Token: `{{ config.api_token }}`."] },
      },
      api_key: {
        words: ["API-Schlüssel", "Ein Schlüssel in einem Header, in der Query, in einem Cookie oder im Body."],
        fields: {
          in: ["Wo er steht", "Wo der Schlüssel steht. Standard: `header`."],
          name: ["Name", "Der Name des Headers, Parameters oder Cookies; für einen Body der Pfad mit Punkten."],
          value: ["Schlüssel", "Der Schlüssel: `{{ config.api_key }}`."],
          prefix: ["Text vor dem Schlüssel", "Text vor dem Schlüssel, etwa `Token `."],
        },
      },
      basic: {
        words: ["Benutzer und Passwort", "Benutzername und Passwort (RFC 7617)."],
        fields: { username: [...username, "user, E-Mail, API key"], password: ["Passwort", "Das Passwort. Es darf leer sein."] },
      },
      digest: {
        words: ["Digest", "Benutzername und Passwort auf Aufforderung des Servers (RFC 7616)."],
        fields: { username, password: ["Passwort", "Das Passwort."] },
      },
      oauth2: {
        words: ["OAuth 2.0", "OAuth 2.0 (RFC 6749)."],
        fields: {
          grant: ["Art der Anmeldung", "Wie das erste Token beschafft wird."],
          token_url: [
            "Token-URL",
            "Wo Token angefragt werden. Ihr Host gilt nur für diese Anfragen als erlaubt; ihren Weiterleitungen wird nicht gefolgt. Beginnt sie mit `/`, gehört sie zu `base_url`.",
          ],
          authorize_url: ["Anmeldeseite", "Wo man sich anmeldet, bei `authorization_code`."],
          device_url: [
            "Geräte-URL",
            "Wo ein Gerätecode angefragt wird (RFC 8628), bei `device_code`. Bei `authorization_code` ist sie ein zweiter Weg zur Anmeldung, für Rechner ohne Browser.",
          ],
          client_id: ["Client-ID", "Die ID des Clients: aus der Registrierung Ihrer App beim Anbieter."],
          client_secret: ["Client-Secret", "Das Secret des Clients. Öffentliche Clients haben keines: weglassen oder den Wert leer lassen."],
          refresh_token: [
            "Refresh-Token",
            "Ein schon vorhandenes Refresh-Token, bei `refresh_token`: `{{ config.refresh_token }}`. Gibt der Anbieter mit jeder Antwort ein neues, wird es bei der Verbindung aufbewahrt und von da an verwendet.",
          ],
          username: ["Benutzername", "Der Benutzername, bei `password`."],
          password: ["Passwort", "Das Passwort, bei `password`."],
          scopes: ["Scopes", "Welche Rechte angefragt werden: `[read, offline_access]`.", "permissions, Berechtigungen"],
          scope_separator: ["Trennzeichen der Scopes", "Was zwischen den Scopes steht. Standard: ein Leerzeichen; manche Anbieter verlangen `,`."],
          credentials: ["Wo die Zugangsdaten des Clients stehen", "Wie sich der Client an der Token-URL ausweist. Standard: `body`."],
          encoding: ["Form der Token-Anfragen", "Wie die Token-Anfrage geschrieben wird. Standard: `form`, wie es RFC 6749 sagt."],
          authorize_params: [
            "Parameter der Anmeldeseite",
            "Zusätzliche Parameter der Anmeldeseite und der Anfrage nach einem Gerätecode: `{access_type: offline, prompt: consent}`.",
          ],
          token_params: ["Parameter der Token-Anfrage", 'Zusätzliche Parameter der Token-Anfrage: `{audience: "https://api.acme.test"}`.'],
          token_headers: ["Header der Token-Anfrage", "Zusätzliche Header der Token-Anfrage."],
          access_token_field: [
            "Feld mit dem Token",
            "Das Feld der Antwort mit dem Token: ein Name, ein Pfad mit Punkten (`data.token`) oder ein JSONPath. Standard: `access_token`.",
          ],
          expires_in_field: [
            "Feld mit der Lebensdauer",
            "Das Feld der Antwort mit der Lebensdauer in Sekunden oder mit dem Zeitpunkt des Ablaufs. Standard: `expires_in`, sonst `expires_at`. Fehlt es, wird ein Token verwendet, bis es abgelehnt wird.",
          ],
          refresh_token_field: [
            "Feld mit dem Refresh-Token",
            "Das Feld der Antwort mit dem nächsten Refresh-Token. Standard: `refresh_token`. Fehlt es in einer Antwort, bleibt das alte in Gebrauch.",
          ],
          redirect_uri: [
            "Redirect-URI",
            "Die Adresse, zu der die Anmeldeseite zurückführt, wenn der Anbieter sie genau kennen muss: `http://localhost:8080/callback`. Sie muss auf diesem Rechner liegen und einen Port nennen. Standard: 127.0.0.1, ein freier Port und der Pfad `/callback` (RFC 8252).",
          ],
          pkce: [
            "PKCE",
            "Ob die Anmeldung durch PKCE an dieses Programm gebunden ist (RFC 7636, S256). Standard: ja; nur für einen Anbieter abschalten, der es ablehnt.",
          ],
          header: ["Header", "Der Header mit dem Token. Standard: `Authorization`."],
          prefix: ["Text vor dem Token", "Text vor dem Token. Standard: `Bearer `, unabhängig vom `token_type` der Antwort."],
        },
      },
      jwt: {
        words: ["Signiertes Token (JWT)", "Ein hier erzeugtes JSON Web Token (RFC 7519)."],
        fields: {
          algorithm: ["Algorithmus", "Wie es signiert wird."],
          key: [
            "Schlüssel",
            "Das gemeinsame Geheimnis (HS256 und Verwandte) oder der private Schlüssel: PEM in PKCS#8, PKCS#1 oder SEC1, auch mit `\\n` statt der Zeilenumbrüche, oder die ganze JSON-Datei eines Dienstkontos; deren `client_email` und `private_key_id` werden dann zu `iss` und `kid`.",
          ],
          key_base64: ["Der Schlüssel steht in Base64", "Ob `key` in Base64 geschrieben ist."],
          claims: [
            "Claims",
            "Die Claims; jeder Text darf Ausdrücke enthalten, und ein einzelner ganzer Ausdruck behält seinen Typ. `iat` (jetzt) und `exp` (jetzt plus `lifetime`) kommen von selbst dazu; null nimmt einen Claim heraus. Ein Zeitpunkt in `iat`, `exp` und `nbf` wird zu Sekunden.",
          ],
          token_headers: ["Header des Tokens", "Zusätzliche Header des Tokens, etwa `kid`. `alg` und `typ` kommen von selbst dazu."],
          lifetime: ["Lebensdauer", "Wie lange ein Token gilt. Standard: `10m`. Kurz vor dem Ablauf wird ein neues erzeugt."],
          header: ["Header", "Der Header mit dem Token. Standard: `Authorization`."],
          prefix: ["Text vor dem Token", "Text vor dem Token. Standard: `Bearer `."],
          exchange: ["Tausch gegen ein Access-Token", "Wo es gegen ein Access-Token getauscht wird (RFC 7523), bei Dienstkonten."],
        },
      },
      session: {
        words: ["Login für ein Token", "Eine Login-Anfrage, deren Antwort das Token enthält."],
        fields: {
          login: ["Login-Anfrage", "Die Anfrage, die anmeldet."],
          token: ["Wo das Token steht", "Wo das Token in der Antwort steht: ein JSONPath, `headers.NAME` oder `cookies.NAME`."],
          lifetime: ["Lebensdauer", "Wie lange ein Token gilt, wenn die Antwort es nicht sagt. Standard: bis es abgelehnt wird."],
          expires: ["Ablauf", "Ein JSONPath zur Lebensdauer des Tokens: eine Zahl von Sekunden oder der Zeitpunkt des Ablaufs."],
          send: ["Wohin das Token kommt", "Wo das Token in den Anfragen steht."],
          second_factor: ["Zweiter Faktor", "Der zweite Schritt, wenn die Antwort einen verlangt."],
        },
      },
      aws_sigv4: {
        words: ["AWS-Signatur", "AWS Signature Version 4."],
        fields: {
          access_key_id: ["Access Key ID", "Die ID des Access Keys."],
          secret_access_key: ["Secret Access Key", "Der Secret Access Key."],
          session_token: ["Session-Token", "Das Session-Token, bei befristeten Zugangsdaten."],
          region: ["Region", "Die Region."],
          service: ["Dienst", "Der Kurzname des Dienstes: `s3`, `execute-api`, `es`."],
          unsigned_payload: ["Body nicht signieren", "Ob Bodys unsigniert bleiben (`UNSIGNED-PAYLOAD`), wie S3 es über HTTPS erlaubt."],
        },
      },
      select: {
        words: ["Eine von mehreren, nach einem Wert", "Eine von mehreren Arten, die ein Wert der Verbindung auswählt."],
        fields: { by: ["Ausgewählt durch", "Der Ausdruck, dessen Text auswählt."], options: ["Arten", "Die Arten, jede unter ihrem Text."] },
      },
    },
  },
  grant: {
    words: ["OAuth-Verfahren", "Wie das erste OAuth-Token beschafft wird."],
    kinds: {
      authorization_code: {
        words: [
          "Ich melde mich im Browser an (Authorization Code)",
          "Man meldet sich auf der Seite des Anbieters im Browser an und erlaubt den Zugriff. Für Daten, die zum Konto eines Menschen gehören. (RFC 8252, mit PKCE; auf der Befehlszeile `tapwright sign-in NAME`.)",
        ],
      },
      client_credentials: {
        words: [
          "Nur mit Client-ID und Secret (Client Credentials)",
          "Client-ID und Client-Secret, die der Anbieter vergeben hat, genügen; niemand meldet sich an. Für den Zugriff von Server zu Server. (RFC 6749, 4.4.)",
        ],
      },
      refresh_token: { words: ["Mit vorhandenem Refresh-Token", "Ein Refresh-Token ist schon da, von der Seite des Anbieters oder aus einem anderen Programm. (RFC 6749, 6.)"] },
      device_code: {
        words: [
          "Mit einem Code auf einem anderen Gerät",
          "Ein kurzer Code wird auf einem anderen Gerät eingegeben, etwa dem Telefon. Für Rechner ohne Browser. (RFC 8628; auf der Befehlszeile `tapwright sign-in NAME`.)",
        ],
      },
      password: { words: ["Mit Benutzername und Passwort", "Benutzername und Passwort gehen an die Token-Adresse des Anbieters. Nur, wo er nichts anderes bietet. (RFC 6749, 4.3.)"] },
    },
  },
  api_key_place: {
    words: ["Ort des Schlüssels", "Wo ein API-Schlüssel steht."],
    kinds: {
      header: { words: ["In einem Header", "Ein Header."] },
      query: { words: ["In der Query", "Die Query. In der angezeigten URL ist der Schlüssel verdeckt."] },
      cookie: { words: ["In einem Cookie", "Ein Cookie."] },
      body: { words: ["Im Body", "Der Body: eine Stelle in einem JSON-Body oder ein Feld eines Formulars. Fehlt der Body, entsteht einer aus JSON."] },
    },
  },
  credential_place: {
    words: ["Ort der Zugangsdaten des Clients", "Wo die Zugangsdaten des Clients in einer Token-Anfrage stehen."],
    kinds: {
      body: { words: ["Im Formular-Body", "Im Body, als `client_id` und `client_secret`."] },
      basic: {
        words: [
          "Als HTTP Basic Auth",
          "Als HTTP Basic Auth. Sie werden vorher prozentkodiert, wie es RFC 6749 sagt; wird das abgelehnt und macht es einen Unterschied, werden sie unverändert gesendet.",
        ],
      },
    },
  },
  token_encoding: {
    words: ["Form der Token-Anfrage", "Wie eine Token-Anfrage geschrieben wird."],
    kinds: { form: { words: ["Als Formular", "Als Formular."] }, json: { words: ["Als JSON", "Als JSON-Objekt."] } },
  },
  jwt_algorithm: {
    words: ["Signatur", "Wie ein JSON Web Token signiert wird (RFC 7518, RFC 8037)."],
    kinds: {
      HS256: { words: ["HS256 (HMAC, SHA-256)", "HMAC mit SHA-256."] },
      HS384: { words: ["HS384 (HMAC, SHA-384)", "HMAC mit SHA-384."] },
      HS512: { words: ["HS512 (HMAC, SHA-512)", "HMAC mit SHA-512."] },
      RS256: { words: ["RS256 (RSA, SHA-256)", "RSA mit SHA-256."] },
      RS384: { words: ["RS384 (RSA, SHA-384)", "RSA mit SHA-384."] },
      RS512: { words: ["RS512 (RSA, SHA-512)", "RSA mit SHA-512."] },
      PS256: { words: ["PS256 (RSA-PSS, SHA-256)", "RSA-PSS mit SHA-256."] },
      PS384: { words: ["PS384 (RSA-PSS, SHA-384)", "RSA-PSS mit SHA-384."] },
      PS512: { words: ["PS512 (RSA-PSS, SHA-512)", "RSA-PSS mit SHA-512."] },
      ES256: { words: ["ES256 (ECDSA P-256)", "ECDSA P-256 mit SHA-256."] },
      ES384: { words: ["ES384 (ECDSA P-384)", "ECDSA P-384 mit SHA-384."] },
      ES512: { words: ["ES512 (ECDSA P-521)", "ECDSA P-521 mit SHA-512."] },
      EdDSA: { words: ["EdDSA (Ed25519)", "Ed25519."] },
    },
  },
  token_place: {
    words: [
      "Wohin ein Token kommt",
      'Wo das Token eines Logins steht: `{name: X-Session}`, `{in: cookie, name: sid}`, `{name: Authorization, prefix: "Bearer "}`.',
    ],
    fields: {
      in: ["Wo es steht", "Wo das Token steht. Standard: `header`."],
      name: ["Name", "Der Name des Headers, Parameters oder Cookies; für einen Body der Pfad mit Punkten."],
      value: ["Wert", "Was gesendet wird. Standard: `{{ token }}`."],
      prefix: ["Text davor", "Text davor, etwa `Bearer `."],
    },
  },
  second_factor: {
    words: [
      "Zweiter Faktor",
      "Der zweite Schritt eines Logins: Ein Code wird erfragt (im Fenster, im Terminal oder mit `--code`), und eine zweite Anfrage überbringt ihn. Das Token kommt dann aus der Antwort auf diese.",
    ],
    fields: {
      when: [
        "Erfragt, wenn",
        "Ein Ausdruck über `response` und `headers` der Login-Antwort, der wahr ist, wenn ein Code verlangt wird: `{{ response.mfa_required }}`.",
      ],
      request: ["Anfrage mit dem Code", "Die Anfrage mit dem Code, als `{{ code }}`. Die Antwort des Logins steht als `response` bereit."],
      prompt: ["Frage", "Wonach gefragt wird. Standard: `The code for the second step of the login`."],
    },
  },
  jwt_exchange: {
    words: [
      "Tausch gegen ein Access-Token",
      "Wo eine signierte Zusicherung gegen ein Access-Token getauscht wird (RFC 7523). Ihre Claims nennen die Token-URL als `aud`, sofern sie nichts anderes angeben.",
    ],
    fields: {
      token_url: ["Token-URL", "Die URL, die Token ausgibt."],
      token_params: ["Parameter der Token-Anfrage", "Zusätzliche Parameter der Token-Anfrage."],
      access_token_field: ["Feld mit dem Token", "Das Feld der Antwort mit dem Token. Standard: `access_token`."],
      expires_in_field: ["Feld mit der Lebensdauer", "Das Feld der Antwort mit der Lebensdauer in Sekunden. Standard: `expires_in`."],
    },
  },
};
