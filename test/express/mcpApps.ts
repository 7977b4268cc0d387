import type { AppFixture } from './oracle';

const mcp = (name: string, body: string, more: Partial<AppFixture> & { readonly options?: string } = {}): AppFixture => ({
	name: `mcp: ${name}`,
	files: {
		'app.ts': `import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import helmet from 'helmet';
export const app = createMcpExpressApp(${more.options ?? ''});
${body}
`,
	},
	requests: ['POST /mcp', 'POST /mcp !host=evil.example', 'GET / !host=evil.example'],
	...more,
});

const endpoint =
	"app.post('/mcp', (_req, res) => { res.json({ jsonrpc: '2.0' }); });\napp.get('/', (_req, res) => { res.send('status'); });";

/** Servers of the Model Context Protocol SDK 1.32: its host check and body parser come before anything the user adds. */
export const mcpApps: readonly AppFixture[] = [
	mcp('helmet at once', `app.use(helmet());\n${endpoint}`),
	mcp('without helmet', endpoint),
	mcp('helmet behind the endpoint', `${endpoint}\napp.use(helmet());`),
	mcp('every host', `app.use(helmet());\n${endpoint}`, { options: "{ host: '0.0.0.0' }" }),
	mcp('hosts of its own', `app.use(helmet());\n${endpoint}`, {
		options: "{ host: '0.0.0.0', allowedHosts: ['127.0.0.1', 'mcp.example'] }",
		requests: ['POST /mcp', 'POST /mcp !host=mcp.example', 'POST /mcp !host=localhost'],
	}),
	mcp('x-powered-by switched off', `app.disable('x-powered-by');\n${endpoint}`),
	mcp('behind an app of its own', `export const inner = app;\n${endpoint}`),
];
