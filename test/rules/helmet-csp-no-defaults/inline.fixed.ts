import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'", 'https:'], baseUri: ["'none'"], formAction: ["'self'"], objectSrc: ["'none'"] } } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
