import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: [(req, res) => `'nonce-${res.locals.nonce}'`] } } }));
app.get('/', (req, res) => res.send('<p>Hello</p>'));
