import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({
	contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
	frameguard: { action: 'deny' },
}));
app.use((_req, res, next) => {
	res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
	next();
});
app.get('/users', (_req, res) => {
	res.json([]);
});
