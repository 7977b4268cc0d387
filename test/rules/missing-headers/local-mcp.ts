import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';

// By itself it answers those only who ask for localhost: nothing of it is about HTTPS.
const app = createMcpExpressApp();
//          ^^^^^^^^^^^^^^^^^^^^^ info
app.disable('x-powered-by');
app.post('/mcp', (_req, res) => {
	res.json({ jsonrpc: '2.0' });
});
