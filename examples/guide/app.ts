// The Express example of the guide, with a route behind it.
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

const app = express();
const corsOptions = { origin: 'https://alivemcp.com' };

// helmet() MUST come before your route handlers and before cors()
// helmet sets conservative defaults; override CSP to match your app's needs
app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			defaultSrc: ["'self'"],
			scriptSrc: ["'self'"], // No inline scripts, no external CDN
			styleSrc: ["'self'", "'unsafe-inline'"], // Allow inline styles (common in status pages)
			imgSrc: ["'self'", 'data:'], // data: for base64 inline images
			connectSrc: ["'self'"], // AJAX/fetch only to your own origin
			fontSrc: ["'self'"],
			objectSrc: ["'none'"], // Block plugins (Flash etc.)
			frameAncestors: ["'none'"], // Prevents embedding in iframes (clickjacking)
			upgradeInsecureRequests: [], // Rewrite http:// links to https://
		},
	},
	hsts: {
		maxAge: 31_536_000, // 1 year in seconds
		includeSubDomains: true,
		preload: false, // Set preload: true only once you're ready for HSTS preload list submission
	},
	frameguard: { action: 'deny' },
	noSniff: true, // X-Content-Type-Options: nosniff
	referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
	permittedCrossDomainPolicies: false, // Block Adobe/Flash cross-domain
	crossOriginResourcePolicy: { policy: 'same-origin' },
	crossOriginOpenerPolicy: { policy: 'same-origin' },
}));

// CORS after helmet (CORS manages its own Allow-Origin headers)
app.use(cors(corsOptions));

app.get('/status', (_req, res) => {
	res.send('<!doctype html><html lang="en"><title>Status</title><p>All systems go.</p></html>');
});

export default app;
