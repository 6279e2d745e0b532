// A certified OpenID provider and an API behind it, for the product's tests. Prints its address and runs until its
// standard input ends.
import http from 'node:http';
import { Provider } from 'oidc-provider';

const port = Number(process.env.PORT ?? 0);
const lifetime = Number(process.env.TOKEN_SECONDS ?? 3600);
const server = http.createServer();
await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const clients = [
  {
    client_id: 'desktop',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
  },
  {
    client_id: 'machine',
    client_secret: 'the secret of: the machine',
    token_endpoint_auth_method: 'client_secret_basic',
    redirect_uris: [],
    grant_types: ['client_credentials'],
    response_types: [],
  },
];

const provider = new Provider(origin, {
  clients,
  pkce: { required: () => true },
  scopes: ['openid', 'offline_access', 'email', 'api'],
  claims: { openid: ['sub'], email: ['email'] },
  async findAccount(_ctx, id) {
    return { accountId: id, claims: async () => ({ sub: id, email: `${id}@acme.test` }) };
  },
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    revocation: { enabled: true },
    devInteractions: { enabled: true },
  },
  // A refresh token is good for one use; used again, all of its family is revoked.
  rotateRefreshToken: true,
  issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  ttl: { AccessToken: lifetime, ClientCredentials: lifetime, RefreshToken: 86400, Session: 3600, Grant: 86400, Interaction: 600, DeviceCode: 600, IdToken: 3600 },
  cookies: { keys: ['for the tests alone'] },
});

const handle = provider.callback();
let tokens = 0;
// Access tokens that were given and have not ended; and those that were ended by hand.
const given = new Set();
const ended = new Set();
provider.on('access_token.saved', (token) => given.add(token.jti));

async function whose(request) {
  const token = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  if (!token || ended.has(token)) return undefined;
  const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  return found?.isValid ? (found.accountId ?? found.clientId) : undefined;
}

async function api(request, response, url) {
  const send = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (url.pathname === '/api/end-tokens') {
    for (const token of given) ended.add(token);
    return send(200, { ended: ended.size });
  }
  if (url.pathname === '/api/stats') return send(200, { token_requests: tokens });
  const user = await whose(request);
  if (!user) return send(401, { error: 'the token is not good' });
  if (url.pathname === '/api/me') return send(200, { user: { email: `${user}@acme.test` } });
  const page = Number(url.searchParams.get('page') ?? 1);
  const items = Array.from({ length: page > 4 ? 0 : 25 }, (_, at) => ({ id: (page - 1) * 25 + at + 1, owner: user }));
  send(200, { items });
}

server.on('request', (request, response) => {
  const url = new URL(request.url, origin);
  if (url.pathname === '/token') tokens += 1;
  if (url.pathname.startsWith('/api/')) return void api(request, response, url);
  handle(request, response);
});

console.log(origin);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
