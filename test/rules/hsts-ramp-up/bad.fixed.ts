import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ hsts: { maxAge: 31536000 } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
