import { randomBytes } from 'node:crypto';
import express from 'express';
import helmet from 'helmet';

const app = express();
app.use((req, res, next) => {
	res.locals.nonce = randomBytes(16).toString('base64');
	next();
});
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", (req, res) => `'nonce-${res.locals.nonce}'`] } } }));
app.get('/', (req, res) => {
	res.send(`<script nonce="${res.locals.nonce}">start()</script><script src="${req.query.from}"></script>`);
});
// No page: a text, data, a file to read.
app.get('/text', (req, res) => {
	res.type('text').send('<script>shown()</script>');
});
app.get('/feed', (req, res) => {
	res.set('Content-Type', 'application/xml').send('<image><script>1</script></image>');
});
app.get('/data', (req, res) => {
	res.json({ html: '<script>kept()</script>' });
});
app.get('/raw', (req, res) => {
	res.end('<script>unknown()</script>');
});
app.listen(3000);
