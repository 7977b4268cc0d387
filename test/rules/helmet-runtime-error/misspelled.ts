import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ hsts: { maxage: 31536000, includeSubdomains: true } }));
//                       ^^^^^^ error
//                                         ^^^^^^^^^^^^^^^^^ error

app.get('/', (_req, res) => {
	res.send('hello');
});
