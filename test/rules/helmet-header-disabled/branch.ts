const isDev = process.env.NO_CSP === '1';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecurityPolicy: isDev ? false : { directives: { defaultSrc: ["'self'"] } } }));
//                                              ^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
