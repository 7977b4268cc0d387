import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import helmet from 'helmet';

// By itself it answers those only who ask for localhost: nothing of it is about HTTPS.
const app = createMcpExpressApp();
app.use(helmet({
	contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
	frameguard: { action: 'deny' },
}));
app.use((_req, res, next) => {
	res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
	next();
});
app.disable('x-powered-by');
app.post('/mcp', (_req, res) => {
	res.json({ jsonrpc: '2.0' });
});
