import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ referrerPolicy: { policy: 'Same-Origin' }, crossOriginResourcePolicy: { policy: 'none' } }));
//                                          ^^^^^^^^^^^ error
//                                                                                                ^^^^ error

app.get('/', (_req, res) => {
	res.send('hello');
});
