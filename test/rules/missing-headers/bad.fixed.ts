import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({
	contentSecurityPolicy: {
		directives: { styleSrc: ["'self'", "'unsafe-inline'"], frameAncestors: ["'none'"] },
	},
	frameguard: { action: 'deny' },
	referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
}));
app.use((_req, res, next) => {
	res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
