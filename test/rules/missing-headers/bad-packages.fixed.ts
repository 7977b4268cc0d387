import nosniff from 'dont-sniff-mimetype';
import express from 'express';
import frameguard from 'frameguard';
import hsts from 'hsts';
import helmet from 'helmet';

const app = express();
app.use(helmet({
	contentSecurityPolicy: { directives: { styleSrc: ["'self'", "'unsafe-inline'"] } },
	referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
}));
app.use((_req, res, next) => {
	res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
	next();
});
app.disable('x-powered-by');
app.use(frameguard(), hsts({ maxAge: 63072000 }), nosniff());
app.get('/', (_req, res) => {
	res.send('hello');
});
