// helmet@3.23.3
import express from 'express';
import { configure } from './configure';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Content-Security-Policy', "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'");
	res.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
	res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
	res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
	res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
	next();
});
configure(app);
app.get('/', (_req, res) => {
	res.send('hello');
});
