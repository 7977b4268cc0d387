// The guide's policy for a frontend that loads from a CDN, and its gradual rollout: a second, report-only policy.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			defaultSrc: ["'self'"],
			scriptSrc: ["'self'", 'https://cdn.example.com'], // Allow specific CDN
			styleSrc: ["'self'", 'https://fonts.googleapis.com', "'unsafe-inline'"],
			fontSrc: ["'self'", 'https://fonts.gstatic.com'],
			imgSrc: ["'self'", 'data:', 'https://avatars.githubusercontent.com'],
			connectSrc: ["'self'", 'https://api.yourserver.com'],
			workerSrc: ["'none'"],
			frameAncestors: ["'none'"],
			reportUri: ['/csp-report'], // Collect CSP violations for debugging
		},
	},
}));

// Report-only mode: log violations but don't block (for gradual rollout)
app.use((req, res, next) => {
	res.setHeader(
		'Content-Security-Policy-Report-Only',
		"default-src 'self'; report-uri /csp-report"
	);
	next();
});

app.post('/csp-report', express.json({ type: 'application/csp-report' }), (req, res) => {
	console.log('CSP violation:', JSON.stringify(req.body));
	res.status(204).end();
});

export default app;
