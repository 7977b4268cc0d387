import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet());
app.use((_req, res, next) => {
	res.setHeader('X-Frame-Options', 'DENY');
//< info
	next();
});

app.get('/', (_req, res) => {
	res.send('hello');
});
