import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ frameguard: 'deny', referrerPolicy: 'origin' }));
//                            ^^^^ warning
//                                                    ^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
