const isDev = process.env.NODE_ENV !== 'production';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecurityPolicy: isDev ? false : { directives: { defaultSrc: ["'self'"] } } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
