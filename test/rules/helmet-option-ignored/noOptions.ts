import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ noSniff: {}, hidePoweredBy: { setTo: 'PHP 4.2.0' } }));
//               ^^^^^^^^^^^ info
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info

app.get('/', (_req, res) => {
	res.send('hello');
});
