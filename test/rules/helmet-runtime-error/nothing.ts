import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ frameguard: null, hsts: { maxAge: 31536000 } }));
//                           ^^^^ error

app.get('/', (_req, res) => {
	res.send('hello');
});
