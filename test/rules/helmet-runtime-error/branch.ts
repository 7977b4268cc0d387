const isProd = process.env.NODE_ENV === 'production';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ hsts: isProd ? { maxAge: -1 } : false }));
//                                        ^^ error

app.get('/', (_req, res) => {
	res.send('hello');
});
